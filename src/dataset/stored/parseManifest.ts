import * as z from 'zod/mini';
import { datasetId, imageSetId } from '../../foundation/ids';
import { imageFitSchema } from '../../foundation/imageFit';
import { LabError } from '../../foundation/labError';
import { findingSchema } from '../findings/findingSchema';
import { appliedMappingSchema } from '../mapping/parseMapping';
import type { DatasetManifest } from './dataset';

const whole = z.int().check(z.gte(0));
const code = (largest: number) => z.int().check(z.gte(0), z.lte(largest));

const manifestSchema: z.ZodMiniType<DatasetManifest> = z.object({
  id: z.pipe(z.string(), z.transform(datasetId)),
  name: z.string(),
  source: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('demo'),
      settings: z.object({ bias: z.number(), count: whole, imageSize: whole, seed: z.int() }),
    }),
    z.object({ kind: z.literal('import'), files: z.array(z.string()) }),
  ]),
  createdAt: z.string(),
  imageSize: z.int().check(z.gte(1)),
  imageFit: z.optional(imageFitSchema),
  decoder: z.optional(z.string()),
  classNames: z.array(z.string()),
  groupNames: z.tuple([z.string(), z.string()]),
  sensitiveAttribute: z.string(),
  samples: z.object({
    names: z.array(z.string()),
    labels: z.array(whole),
    groups: z.array(code(1)),
    splits: z.array(code(2)),
    clusters: z.nullable(z.array(z.string())),
  }),
  imageSetId: z.pipe(z.string(), z.transform(imageSetId)),
  imageIndices: z.array(whole),
  splitHashes: z.object({ train: z.string(), validation: z.string(), test: z.string() }),
  findings: z.array(findingSchema),
  mapping: z.nullable(appliedMappingSchema),
});

/**
 * Reads a stored manifest.
 * @param path where it lies, for the message
 * @throws LabError `storage-failed` when it is not one, or of a version of the lab that kept images in another way
 */
export function parseManifest(bytes: Uint8Array, path: string): DatasetManifest {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
    return manifestSchema.parse(json);
  } catch (cause) {
    throw new LabError({
      code: 'storage-failed',
      message: isOfEarlierVersion(json)
        ? `The dataset "${json.name}" was stored by an earlier version of the lab, which kept images in another way.`
        : `${path} does not hold a dataset's manifest.`,
      hint: 'Delete this dataset and import it again.',
      details: { file: path },
      cause,
    });
  }
}

function isOfEarlierVersion(json: unknown): json is { name: string } {
  if (typeof json !== 'object' || json === null) return false;
  return 'name' in json && typeof json.name === 'string' && 'samples' in json && !('imageSetId' in json);
}
