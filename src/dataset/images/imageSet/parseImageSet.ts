import * as z from 'zod/mini';
import { imageSetId } from '../../../foundation/ids';
import { imageFitSchema } from '../../../foundation/imageFit';
import { LabError } from '../../../foundation/labError';
import {
  type ImageSetManifest,
  type ImportedFiles,
  imageSetFormat,
  imageSetVersion,
  type ShardIndex,
} from './imageSet';

const whole = z.int().check(z.gte(0));
const unreadable = z.array(z.object({ name: z.string(), sha256: z.string(), reason: z.string() }));

const manifestSchema: z.ZodMiniType<ImageSetManifest> = z.object({
  format: z.literal(imageSetFormat),
  version: z.union([z.literal(1), z.literal(imageSetVersion)]),
  id: z.pipe(z.string(), z.transform(imageSetId)),
  createdAt: z.string(),
  contentHash: z.string(),
  decoder: z.optional(z.string()),
  shardFolder: z.optional(z.string()),
  imageSize: z.int().check(z.gte(1)),
  imageFit: z.optional(imageFitSchema),
  imageCount: whole,
  shards: z.array(z.object({ imageCount: whole, pixelsSha256: z.string(), indexSha256: z.string() })),
  unreadable,
  duplicateGroups: z.array(z.array(whole)),
});

const indexSchema: z.ZodMiniType<ShardIndex> = z.object({
  pixelsSha256: z.string(),
  names: z.array(z.string()),
  perceptualHashes: z.array(z.string()),
  unreadable,
  sourcesDone: whole,
});

const importedSchema: z.ZodMiniType<ImportedFiles> = z.object({
  fingerprint: z.string(),
  imageSetId: z.pipe(z.string(), z.transform(imageSetId)),
  unreadable,
});

/** Reads which set files are. @throws LabError `storage-failed` when it is damaged */
export function parseImportedFiles(bytes: Uint8Array, path: string): ImportedFiles {
  return parse(importedSchema, bytes, path, 'which image set files are');
}

/** Reads an image set's manifest. @throws LabError `storage-failed` when it is none, or of a later version of the lab */
export function parseImageSetManifest(bytes: Uint8Array, path: string): ImageSetManifest {
  return parse(manifestSchema, bytes, path, 'the manifest of an image set that this version of the lab can read');
}

/** Reads what lies beside a shard. @throws LabError `storage-failed` when it is damaged */
export function parseShardIndex(bytes: Uint8Array, path: string): ShardIndex {
  return parse(indexSchema, bytes, path, 'the names of an image set');
}

function parse<T>(schema: z.ZodMiniType<T>, bytes: Uint8Array, path: string, what: string): T {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new LabError({
      code: 'storage-failed',
      message: `${path} does not hold ${what}.`,
      hint: 'Delete the datasets that use these images and import them again.',
      details: { file: path },
      cause,
    });
  }
}
