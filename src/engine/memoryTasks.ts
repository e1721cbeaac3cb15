import type { LabModel } from '../model/labModel';
import { inferenceNeed, type MemoryTask, type SizedModel, trainingNeed } from '../model/memoryNeed';
import { summarizeModel } from '../model/summarizeModel';
import { predictionBatchSize } from '../training/predictDataset';

/** A network, or the sizes of one that is not built yet. */
type Sizable = LabModel | SizedModel;

/** What predicting a split takes. */
export function predictionTask(model: Sizable): MemoryTask {
  return forwardTask('Predicting', model, predictionBatchSize);
}

/** What scoring the channels of a layer takes. */
export function scoringTask(model: Sizable, batchSize: number): MemoryTask {
  return forwardTask('Scoring', model, batchSize);
}

/** What a training takes. @param name `Training` or `Fine-tuning` */
export function trainingTask(name: string, model: Sizable, batchSize: number): MemoryTask {
  const sized = sizesOf(model);
  return { name, batchSize, need: (size) => trainingNeed(sized, size) };
}

function forwardTask(name: string, model: Sizable, batchSize: number): MemoryTask {
  const sized = sizesOf(model);
  return { name, batchSize, need: (size) => inferenceNeed(sized, size) };
}

function sizesOf(model: Sizable): SizedModel {
  return 'network' in model ? summarizeModel(model, { batchSize: 1 }) : model;
}
