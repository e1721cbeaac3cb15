import type { SplitName } from '../dataset/splitName';
import { type Dataset, splitIndices } from '../dataset/stored/dataset';
import type { Predictions } from '../fairness/predictions/predictions';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import { predictDataset } from '../training/predictDataset';
import type { PredictionsName } from './predictionArchive';
import type { ViewingBench } from './recipeBench';

/** What a model says of the samples of a split, in the split's order. */
export async function predictSplit(
  model: LabModel,
  { dataset, split }: { dataset: Dataset; split: SplitName },
  context: JobContext,
): Promise<Predictions> {
  const { classNames, groupNames, sensitiveAttribute, samples } = dataset.manifest;
  const indices = splitIndices(dataset.manifest, split);
  const { labels, groups, predicted, logits } = await predictDataset(model, dataset, indices, context);
  return {
    classNames,
    labels,
    attributes: [{ name: sensitiveAttribute, groupNames: [...groupNames], groups }],
    clusters: samples.clusters && Array.from(indices, (index) => samples.clusters![index]!),
    predicted,
    scores: { kind: 'logits', values: logits },
  };
}

/**
 * What a model of a run says of a split: as it was kept, or else predicted now and kept.
 *
 * @param model the one that `name` names
 * @throws LabError `quota-exceeded`, `storage-failed`, `cancelled`
 */
export async function predictOnce(
  model: LabModel,
  name: PredictionsName,
  { dataset, predictions: shelf }: Pick<ViewingBench, 'dataset' | 'predictions'>,
  context: JobContext,
): Promise<Predictions> {
  const kept = await shelf.read(name);
  if (kept) return kept;
  const predictions = await predictSplit(model, { dataset, split: name.split }, context);
  await shelf.keep(name, predictions);
  return predictions;
}
