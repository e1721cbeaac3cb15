import type { DatasetManifest } from '../dataset/stored/dataset';
import type { ModelSummary } from '../model/modelSummary';

/** Whether a model was trained on these data: the lab knows only of models that it trained itself. */
export type TrainingMatch = 'same' | 'other' | 'unknown';

type Trained = Pick<ModelSummary, 'name' | 'trainedOn' | 'classNames'>;
type Data = Pick<DatasetManifest, 'id' | 'name' | 'classNames' | 'splitHashes'>;

/**
 * `same`: the very dataset, or one with the same training images by name and the same classes, such as the same images
 * grouped by another attribute. The training split counts: with another split, images that a network has learnt may
 * stand in the validation split.
 */
export function matchTrainingData({ trainedOn, classNames }: Trained, data: Data): TrainingMatch {
  if (!trainedOn) return 'unknown';
  const { datasetId, trainSplitHash } = trainedOn;
  if (datasetId === data.id) return 'same';
  const isSameSplit = trainSplitHash === data.splitHashes.train && classNames.join('\n') === data.classNames.join('\n');
  return isSameSplit ? 'same' : 'other';
}

/** A sentence for wherever numbers of the model on these data are shown; null when it was trained on them. */
export function describeTrainingData(model: Trained, data: Data): string | null {
  switch (matchTrainingData(model, data)) {
    case 'same':
      return null;
    case 'unknown':
      return `What data “${model.name}” was trained on is not known to the lab.`;
    case 'other':
      return otherData(model.name, model.trainedOn?.name ?? '', data.name);
  }
}

function otherData(model: string, trainedOn: string, data: string): string {
  return trainedOn === data
    ? `“${model}” was trained on another draw or split of “${data}”: images that it has learnt may be among those that are measured.`
    : `“${model}” was trained on “${trainedOn}”, not on these data (“${data}”): its numbers say how it does on images that are new to it.`;
}
