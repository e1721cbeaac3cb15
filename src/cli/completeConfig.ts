import { type DatasetManifest, imageFitOf } from '../dataset/stored/dataset';
import { defaultTraining } from '../training/trainSettings';
import type { LabConfig } from './labConfig';

/**
 * The settings of a run with everything filled in that defaults, flags, the model or the tables decided, as a settings file
 * that repeats the run.
 *
 * @param config as it was given
 * @param dataset as the run used it
 */
export function completeConfig({ model, run }: LabConfig, dataset: DatasetManifest): LabConfig {
  return { data: completeData(dataset, isTrained(model)), model: completeModel(model), run };
}

function completeData(dataset: DatasetManifest, withSize: boolean): LabConfig['data'] {
  const { source, imageSize, mapping: applied } = dataset;
  if (source.kind === 'demo') return { demo: source.settings };
  const { join, mapping, split } = applied ?? {};
  const imageFit = imageFitOf(dataset);
  // A model that is ready says its image size; a setting beside it would be refused.
  return { join, mapping, split, ...(imageFit && { imageFit }), ...(withSize && { imageSize }) };
}

function completeModel(model: LabConfig['model']): LabConfig['model'] {
  return isTrained(model) ? { ...model, training: { ...defaultTraining, ...model.training } } : model;
}

type TrainedModelConfig = Exclude<LabConfig['model'], 'demo-baseline' | { file: string }>;

/** Whether the settings ask for a model to be trained. */
export function isTrained(model: LabConfig['model']): model is TrainedModelConfig {
  return model !== 'demo-baseline' && !('file' in model);
}
