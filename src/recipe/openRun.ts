import { type SplitName, splitNames } from '../dataset/splitName';
import { type DatasetManifest, splitIndices } from '../dataset/stored/dataset';
import type { Predictions } from '../fairness/predictions/predictions';
import type { RunId } from '../foundation/ids';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { summarizeModel } from '../model/summarizeModel';
import type { BaselineOrigin } from './baselineOrigin';
import { checkPair } from './checkPair';
import { evaluateModel } from './evaluateModel';
import { predictSplit } from './predictSplit';
import type { RunInputs } from './recipeBench';
import type { RunConfig } from './runConfig';
import type { Environment, RunRecord } from './runRecord';
import { scoreLayer } from './scoreLayer';

export interface NewRun {
  id: RunId;
  config: RunConfig;
  /** Where the model came from, where it is known. */
  baselineOrigin?: BaselineOrigin;
  environment: Environment;
  /** Time of the start, ISO 8601. */
  now: string;
}

/** A run that has been opened, not yet kept. */
export interface OpenedRun {
  record: RunRecord;
  /** What the unpruned model says of the validation split. */
  predictions: Predictions;
}

/**
 * Opens a run: resolves the layer, scores the unpruned model and evaluates it on the validation split.
 *
 * @throws LabError `layer-not-found` when the model has no layer to prune; `model-mismatch` when model and data disagree
 */
export async function openRun(
  newRun: NewRun,
  { dataset, unpruned }: RunInputs,
  context: JobContext,
): Promise<OpenedRun> {
  const { config, baselineOrigin } = newRun;
  const { manifest } = dataset;
  const model = summarizeModel(unpruned, { batchSize: config.fineTune.batchSize });
  checkPair(unpruned, manifest, 'measures');
  const layer = config.layer ?? model.defaultLayer;
  if (layer === null) {
    throw new LabError({
      code: 'layer-not-found',
      message: `"${unpruned.name}" has no convolution that can be pruned.`,
      hint: 'The model step lists for every layer why it cannot be pruned. Use another model.',
    });
  }
  const scores = await scoreLayer(
    { model: unpruned, dataset, layer, config },
    context.part('Scoring channels', 0, 0.6),
  );
  const split = 'validation';
  const predictions = await predictSplit(
    unpruned,
    { dataset, split },
    context.part('Evaluating the unpruned model', 0.6, 0.76),
  );
  const evaluation = await evaluateModel(
    {
      model: unpruned,
      dataset,
      split,
      predictions,
      baseline: null,
      statistics: config.statistics,
      layer,
      seed: config.seed,
    },
    context.part('Evaluating the unpruned model', 0.76, 1),
  );
  const {
    id,
    name,
    source,
    imageSize,
    imageFit,
    decoder,
    classNames,
    groupNames,
    sensitiveAttribute,
    splitHashes,
    mapping,
  } = manifest;
  const record: RunRecord = {
    schema: 'snnl-fair-lab/run',
    schemaVersion: 1,
    id: newRun.id,
    createdAt: newRun.now,
    updatedAt: newRun.now,
    status: 'running',
    error: null,
    config,
    layer,
    environment: newRun.environment,
    dataset: {
      id,
      name,
      source,
      imageSize,
      ...(imageFit && { imageFit }),
      ...(decoder !== undefined && { decoder }),
      classNames,
      groupNames,
      sensitiveAttribute,
      splitHashes,
      mapping,
      counts: Object.fromEntries(splitNames.map((split) => [split, countCells(manifest, split)])) as Record<
        SplitName,
        number[][]
      >,
    },
    model,
    ...(baselineOrigin && { baselineOrigin }),
    baseline: { evaluation, scores },
    arms: config.arms.map((arm) => ({ arm, rounds: [], stop: null, chosenRound: 0 })),
    testLooks: [],
  };
  return { record, predictions };
}

/** Samples per class and group, [classCount][2]. */
function countCells(manifest: DatasetManifest, split: SplitName): number[][] {
  const { labels, groups } = manifest.samples;
  const counts = manifest.classNames.map(() => [0, 0]);
  for (const index of splitIndices(manifest, split)) counts[labels[index]!]![groups[index]!]! += 1;
  return counts;
}
