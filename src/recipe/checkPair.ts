import { LabError } from '../foundation/labError';
import type { GroupInput, LabModel } from '../model/labModel';

/** What of a dataset and of a model has to fit together; both may be as they are stored or as they are shown. */
interface Side {
  imageSize: number;
  classNames: readonly string[];
}

/** What a pair is needed for: `maps` of images are scored; `measures` compare predictions with labels, too. */
export type PairUse = 'maps' | 'measures';

/** A network that is told the group has to be told of the same groups, in the same order, as those that it was made for. */
type ModelSide = Side & { groupInput?: GroupInput };
type DataSide = Side & { groupNames: readonly string[] };

/** Why a model cannot be used on a dataset, in a sentence each. Nothing when it can. */
export function pairObstacles(model: ModelSide, data: DataSide, use: PairUse): string[] {
  const size = `The data’s images are ${data.imageSize} × ${data.imageSize} pixels, the model takes ${model.imageSize} × ${model.imageSize}.`;
  const classes = `The dataset has ${data.classNames.length} classes (${data.classNames.join(', ')}), the model ${model.classNames.length} (${model.classNames.join(', ')}).`;
  const own = model.groupInput?.names ?? data.groupNames;
  const hasGroups =
    own.length === data.groupNames.length && own.every((name, index) => name === data.groupNames[index]);
  const groups = `The dataset’s groups are ${data.groupNames.join(', ')}; the model was made for ${own.join(', ')}, in this order.`;
  return [
    ...(data.imageSize === model.imageSize ? [] : [size]),
    ...(use === 'maps' || data.classNames.length === model.classNames.length ? [] : [classes]),
    ...(hasGroups ? [] : [groups]),
  ];
}

/** @throws LabError `model-mismatch` when a model cannot be used on a dataset, before any work is done */
export function checkPair(
  { preprocessing, classNames, groupInput }: Pick<LabModel, 'preprocessing' | 'classNames' | 'groupInput'>,
  data: DataSide,
  use: PairUse,
): void {
  const [message] = pairObstacles({ imageSize: preprocessing.imageSize, classNames, groupInput }, data, use);
  if (message === undefined) return;
  throw new LabError({
    code: 'model-mismatch',
    message,
    hint: 'Use a model that was trained on such images, classes and groups, or train one on this dataset.',
    details: { datasetClasses: data.classNames.length, modelClasses: classNames.length },
  });
}
