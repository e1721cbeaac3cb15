import type { SplitName } from '../dataset/splitName';
import { type Dataset, splitIndices } from '../dataset/stored/dataset';
import type { Predictions } from '../fairness/predictions/predictions';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import { type DatasetPrediction, predictDataset } from '../training/predictDataset';
import type { PredictionsName } from './predictionArchive';
import type { ViewingBench } from './recipeBench';

/** What a model says of the samples of a split, in the split's order. */
export async function predictSplit(
  model: LabModel,
  { dataset, split }: { dataset: Dataset; split: SplitName },
  context: JobContext,
): Promise<Predictions> {
  const indices = splitIndices(dataset.manifest, split);
  return describePredictions(await predictDataset(model, dataset, indices, context), dataset, split);
}

/** What was predicted of a split, with whom it was predicted of. */
function describePredictions(
  { labels, groups, predicted, logits }: DatasetPrediction,
  dataset: Dataset,
  split: SplitName,
): Predictions {
  const { classNames, groupNames, sensitiveAttribute, samples } = dataset.manifest;
  const indices = splitIndices(dataset.manifest, split);
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
 * What a model of a run says of a split: as it was kept, or else as it was just seen or is predicted now, and kept.
 *
 * @param seen what this very model said of the split a moment ago; null when it was not asked
 * @param model the one that `name` names
 * @throws LabError `quota-exceeded`, `storage-failed`, `cancelled`
 */
export async function predictOnce(
  model: LabModel,
  name: PredictionsName,
  { dataset, predictions: shelf }: Pick<ViewingBench, 'dataset' | 'predictions'>,
  context: JobContext,
  seen: DatasetPrediction | null = null,
): Promise<Predictions> {
  const kept = await shelf.read(name);
  if (kept) return kept;
  const { split } = name;
  const predictions = seen
    ? describePredictions(seen, dataset, split)
    : await predictSplit(model, { dataset, split }, context);
  await shelf.keep(name, predictions);
  return predictions;
}
