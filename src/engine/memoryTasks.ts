import type { LabModel } from '../model/labModel';
import { inferenceNeed, type MemoryTask, trainingNeed } from '../model/memoryNeed';
import { summarizeModel } from '../model/summarizeModel';
import { predictionBatchSize } from '../training/predictDataset';

/** What predicting a split takes. */
export function predictionTask(model: LabModel): MemoryTask {
  return forwardTask('Predicting', model, predictionBatchSize);
}

/** What scoring the channels of a layer takes. */
export function scoringTask(model: LabModel, batchSize: number): MemoryTask {
  return forwardTask('Scoring', model, batchSize);
}

/** What a training takes. @param name `Training` or `Fine-tuning` */
export function trainingTask(name: string, model: LabModel, batchSize: number): MemoryTask {
  const summary = summarizeModel(model, { batchSize });
  return { name, batchSize, need: (size) => trainingNeed(summary, size) };
}

function forwardTask(name: string, model: LabModel, batchSize: number): MemoryTask {
  const summary = summarizeModel(model, { batchSize });
  return { name, batchSize, need: (size) => inferenceNeed(summary, size) };
}
