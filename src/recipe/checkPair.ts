import { LabError } from '../foundation/labError';
import type { LabModel } from '../model/labModel';

/** What of a dataset and of a model has to fit together; both may be as they are stored or as they are shown. */
interface Side {
  imageSize: number;
  classNames: readonly string[];
}

/** What a pair is needed for: `maps` of images are scored; `measures` compare predictions with labels, too. */
export type PairUse = 'maps' | 'measures';

/** Why a model cannot be used on a dataset, in a sentence each. Nothing when it can. */
export function pairObstacles(model: Side, data: Side, use: PairUse): string[] {
  const size = `The data’s images are ${data.imageSize} × ${data.imageSize} pixels, the model takes ${model.imageSize} × ${model.imageSize}.`;
  const classes = `The dataset has ${data.classNames.length} classes (${data.classNames.join(', ')}), the model ${model.classNames.length} (${model.classNames.join(', ')}).`;
  return [
    ...(data.imageSize === model.imageSize ? [] : [size]),
    ...(use === 'maps' || data.classNames.length === model.classNames.length ? [] : [classes]),
  ];
}

/** @throws LabError `model-mismatch` when a model cannot be used on a dataset, before any work is done */
export function checkPair(
  { preprocessing, classNames }: Pick<LabModel, 'preprocessing' | 'classNames'>,
  data: Side,
  use: PairUse,
): void {
  const [message] = pairObstacles({ imageSize: preprocessing.imageSize, classNames }, data, use);
  if (message === undefined) return;
  throw new LabError({
    code: 'model-mismatch',
    message,
    hint: 'Use a model that was trained on such images and classes, or train one on this dataset.',
    details: { datasetClasses: data.classNames.length, modelClasses: classNames.length },
  });
}
