import * as z from 'zod/mini';
import { modelId } from '../foundation/ids';
import { importReportSchema } from './files/importReport';
import type { ModelOrigin } from './labModel';
import { methodTraitFields } from './methodTraits';
import { preprocessingSchema } from './preprocessingSchema';
import { trainingDataSchema } from './trainingData';

const count = z.int().check(z.gte(0));
const id = z.pipe(z.string().check(z.minLength(1)), z.transform(modelId));

/** The model that another was pruned from. */
export const modelOriginSchema: z.ZodMiniType<ModelOrigin> = z.object({ id, name: z.string() });

/** One layer as the page and the command line show it. */
const layerSummarySchema = z.object({
  name: z.string(),
  kind: z.string(),
  outputShape: z.array(count),
  parameters: count,
  /** Multiply-accumulates for one image. */
  macs: count,
  /** At how many places of the network it stands, when at several. */
  places: z.optional(count),
  prunable: z.boolean(),
  /** Why the layer cannot be pruned; null when it can. */
  reason: z.nullable(z.string()),
});
export type LayerSummary = z.infer<typeof layerSummarySchema>;

/** A model as the page and the command line show it: the head of a stored model, and a part of run records. */
export const modelSummarySchema = z.object({
  id,
  name: z.string(),
  imageSize: count,
  preprocessing: z.optional(preprocessingSchema),
  classNames: z.array(z.string()),
  parameters: count,
  macs: count,
  /** Weight bytes (float32). */
  bytes: count,
  /** Bytes that training is expected to need at the given batch size, and that batch size. */
  trainingMemory: z.object({ bytes: count, batchSize: count }),
  layers: z.array(layerSummarySchema),
  /** The last prunable convolution. */
  defaultLayer: z.nullable(z.string()),
  originalChannels: z.record(z.string(), z.array(count)),
  /** Positions of the channels that masks hold at zero, per layer that has any; absent when there are none. */
  silentChannels: z.optional(z.record(z.string(), z.array(count))),
  /** How many of the parameters masks hold at zero; absent when none. */
  weightsHeldAtZero: z.optional(count),
  ...methodTraitFields,
  prunedFrom: z.optional(modelOriginSchema),
  trainedOn: z.optional(trainingDataSchema),
  /** What was changed or assumed when the model was read from files, in words. */
  notes: z.optional(z.array(z.string())),
  /** What cannot be done with the model, in sentences, so that it is known before work is begun. */
  limits: z.optional(z.array(z.string())),
  importReport: z.optional(importReportSchema),
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;
