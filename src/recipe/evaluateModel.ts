import type { SplitName } from '../dataset/splitName';
import { type Dataset, splitIndices } from '../dataset/stored/dataset';
import { bootstrapEvaluation } from '../fairness/bootstrapEvaluation';
import { fateByCriterion } from '../fairness/computeFate';
import { estimateNoiseFloor } from '../fairness/estimateNoiseFloor';
import { evaluateFairness } from '../fairness/evaluateFairness';
import { evaluateDetail } from '../fairness/evaluationDetail';
import type { Predictions } from '../fairness/fairnessReport';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import { predictDataset } from '../training/predictDataset';
import { softmaxRows } from '../training/softmaxRows';
import { maskFate } from './maskFate';
import { probeLayer } from './probeLayer';
import type { RunConfig } from './runConfig';
import type { Evaluation } from './runRecord';

export interface EvaluationRequest {
  model: LabModel;
  dataset: Dataset;
  split: SplitName;
  /** What FATE compares with, on the same split; null when this model is the baseline. */
  baseline: Evaluation | null;
  statistics: RunConfig['statistics'];
  /** Layer whose features a probe reads the group from; null for none. */
  layer: string | null;
  seed: number;
}

/**
 * The paper's table of one model on one split, with FATE against the baseline, bootstrap intervals (paired with the
 * baseline's predictions), the noise floor, other readings of the gaps with AUC and calibration by group, and the
 * attribute probe. FATE is null where the baseline shows no gap beyond chance. With 0 replicates or permutations the part is null, and shown as missing.
 */
export async function evaluateModel(request: EvaluationRequest, context: JobContext): Promise<Evaluation> {
  const { model, dataset, split, baseline, statistics, layer, seed } = request;
  const indices = splitIndices(dataset.manifest, split);
  const prediction = await predictDataset(model, dataset, indices, context.part('Predicting', 0, 0.4));
  const predicted = Array.from(prediction.predicted);
  const predictions: Predictions = {
    labels: prediction.labels,
    predicted,
    groups: prediction.groups,
    classCount: model.classNames.length,
  };
  const report = evaluateFairness(predictions);
  const probe =
    layer === null
      ? null
      : await probeLayer({ model, dataset, indices, layer, seed }, context.part('Attribute probe', 0.4, 0.5));
  const clusterOf = dataset.manifest.samples.clusters;
  const clusters = clusterOf && Array.from(indices, (index) => clusterOf[index]!);
  const { replicates, permutations, level } = statistics;
  const evaluation: Evaluation = {
    split,
    report,
    fate: baseline && fateByCriterion(report, baseline.report),
    bootstrap:
      replicates === 0
        ? null
        : await bootstrapEvaluation(
            {
              model: predictions,
              baseline: baseline && baseline.predicted,
              clusters,
              replicates,
              level,
              seed,
            },
            context.part('Bootstrap intervals', 0.5, 0.8),
          ),
    noiseFloor:
      permutations === 0
        ? null
        : await estimateNoiseFloor(
            predictions,
            { permutations, seed, clusters },
            context.part('Noise floor', 0.8, 0.95),
          ),
    detail: await evaluateDetail(
      predictions,
      softmaxRows(prediction.logits, model.classNames.length),
      context.part('Ranking the scores', 0.95, 1),
    ),
    predicted,
    loss: prediction.loss,
    probe: probe && layer !== null ? { layer, ...probe } : null,
  };
  return baseline ? maskFate(evaluation, baseline) : evaluation;
}
