import * as z from 'zod/mini';
import { modelId } from '../../foundation/ids';
import { labVersion } from '../../foundation/version';
import type { SerializedModel } from '../labModel';
import { preprocessingSchema } from '../preprocessingSchema';

const format = 'snnl-fair-lab-model';
const index = z.int().check(z.gte(0));

/** Content of `lab.json`: what a layers model does not say of itself. */
export const modelManifestSchema = z.object({
  format: z.literal(format),
  formatVersion: z.literal(1),
  labVersion: z.string(),
  id: z.string(),
  name: z.string(),
  preprocessing: preprocessingSchema,
  classNames: z.array(z.string()).check(z.minLength(2)),
  originalChannels: z.record(z.string(), z.array(index)),
  silenced: z.optional(
    z.array(z.object({ layer: z.string(), weight: z.string(), axis: index, positions: z.array(index) })),
  ),
  prunedFrom: z.optional(z.object({ id: z.pipe(z.string(), z.transform(modelId)), name: z.string() })),
  notes: z.optional(z.array(z.string())),
  importReport: z.optional(
    z.object({
      format: z.string(),
      found: z.string(),
      lines: z.array(
        z.object({ layer: z.string(), status: z.enum(['mapped', 'repaired', 'unused']), detail: z.string() }),
      ),
      assumed: z.optional(
        z.array(z.object({ key: z.string(), question: z.string(), value: z.string(), label: z.string() })),
      ),
      samples: z.optional(
        z.object({
          images: index,
          largestDifference: z.nullable(z.number()),
          of: z.enum(['logits', 'probabilities']),
          agrees: z.boolean(),
          note: z.string(),
        }),
      ),
    }),
  ),
});
export type ModelManifest = z.infer<typeof modelManifestSchema>;

export function makeManifest(model: SerializedModel): ModelManifest {
  const { id, name, preprocessing, classNames, originalChannels, silenced, prunedFrom, notes, importReport } = model;
  return {
    format,
    formatVersion: 1,
    labVersion,
    id,
    name,
    preprocessing,
    classNames,
    originalChannels,
    silenced,
    prunedFrom,
    notes,
    importReport,
  };
}
