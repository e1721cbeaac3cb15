import * as z from 'zod/mini';
import { datasetId } from '../foundation/ids';

/** The data that a network's weights were trained on from scratch; fine-tuning in a run does not change it. */
export const trainingDataSchema = z.object({
  datasetId: z.pipe(z.string(), z.transform(datasetId)),
  /** As the dataset was called. */
  name: z.string(),
  /** Fingerprint of the names of the training split. */
  trainSplitHash: z.string(),
});
export type TrainingData = z.infer<typeof trainingDataSchema>;
