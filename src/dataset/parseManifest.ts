import * as z from 'zod/mini';
import { datasetId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import type { DatasetManifest } from './dataset';
import { findingKinds } from './datasetFinding';

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
  splitHashes: z.object({ train: z.string(), validation: z.string(), test: z.string() }),
  findings: z.array(
    z.object({
      kind: z.enum(findingKinds),
      message: z.string(),
      count: whole,
      examples: z.array(z.string()),
    }),
  ),
});

/**
 * Reads a stored manifest.
 * @param path where it lies, for the message
 * @throws LabError `storage-failed` when it is not one
 */
export function parseManifest(bytes: Uint8Array, path: string): DatasetManifest {
  try {
    return manifestSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new LabError({
      code: 'storage-failed',
      message: `${path} does not hold a dataset's manifest.`,
      hint: 'Delete this dataset and import it again.',
      details: { file: path },
      cause,
    });
  }
}
