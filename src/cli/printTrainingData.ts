import type { DatasetManifest } from '../dataset/stored/dataset';
import type { ModelSummary } from '../model/modelSummary';
import { describeTrainingData } from '../recipe/describeTrainingData';
import type { Output } from './output';

/** Says that a model was trained on other data than it is now used on, or that this is not known. */
export function printTrainingData(model: ModelSummary, dataset: DatasetManifest, output: Output): void {
  const sentence = describeTrainingData(model, dataset);
  if (sentence === null) return;
  output.event({ kind: 'trainingData', sentence });
  output.line(sentence);
}
