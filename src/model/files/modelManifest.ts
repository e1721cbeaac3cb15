import * as z from 'zod/mini';
import { labVersion } from '../../foundation/version';
import type { SerializedModel } from '../labModel';
import { weightMaskSchema, writeWeightMask } from '../masks/weightMaskText';
import { methodTraitFields, methodTraits } from '../methodTraits';
import { modelOriginSchema } from '../modelSummary';
import { preprocessingSchema } from '../preprocessingSchema';
import { trainingDataSchema } from '../trainingData';
import { importReportSchema } from './importReport';

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
  weightMasks: z.optional(z.array(weightMaskSchema)),
  ...methodTraitFields,
  prunedFrom: z.optional(modelOriginSchema),
  trainedOn: z.optional(trainingDataSchema),
  notes: z.optional(z.array(z.string())),
  importReport: z.optional(importReportSchema),
});
export type ModelManifest = z.infer<typeof modelManifestSchema>;

export function makeManifest(model: SerializedModel): z.input<typeof modelManifestSchema> {
  const {
    id,
    name,
    preprocessing,
    classNames,
    originalChannels,
    silenced,
    weightMasks,
    prunedFrom,
    trainedOn,
    notes,
    importReport,
  } = model;
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
    weightMasks: weightMasks?.map(writeWeightMask),
    ...methodTraits(model),
    prunedFrom,
    trainedOn,
    notes,
    importReport,
  };
}
