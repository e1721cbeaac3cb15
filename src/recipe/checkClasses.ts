import { LabError } from '../foundation/labError';

/** @throws LabError `model-mismatch` when a dataset and a model have different numbers of classes */
export function checkClasses(data: string[], model: string[]): void {
  if (data.length === model.length) return;
  throw new LabError({
    code: 'model-mismatch',
    message: `The dataset has ${data.length} classes (${data.join(', ')}), the model ${model.length} (${model.join(', ')}).`,
    hint: 'Use a model that was trained on the same classes, or train one on this dataset.',
    details: { datasetClasses: data.length, modelClasses: model.length },
  });
}
