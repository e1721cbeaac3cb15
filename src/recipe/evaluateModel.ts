import { type Dataset, type SplitName, splitIndices } from '../dataset/dataset';
import { bootstrapEvaluation } from '../fairness/bootstrapEvaluation';
import { fateByCriterion } from '../fairness/computeFate';
import { estimateNoiseFloor } from '../fairness/estimateNoiseFloor';
import { evaluateFairness } from '../fairness/evaluateFairness';
import { evaluateDetail } from '../fairness/evaluationDetail';
import type { Predictions as GroupedPredictions } from '../fairness/fairnessReport';
import type { Predictions } from '../fairness/predictions/predictions';
import { softmaxRows } from '../fairness/scores/softmaxRows';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import { meanCrossEntropy } from '../training/crossEntropy';
import { maskFate } from './maskFate';
import { probeLayer } from './probeLayer';
import type { RunConfig } from './runConfig';
import type { Evaluation } from './runRecord';

export interface EvaluationRequest {
  model: LabModel;
  dataset: Dataset;
  split: SplitName;
  /** What the model says of the split. */
  predictions: Predictions;
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
  const { labels, attributes, clusters, scores, classNames } = request.predictions;
  const predicted = Array.from(request.predictions.predicted);
  const logits = Float32Array.from(scores!.values);
  const predictions: GroupedPredictions = {
    labels,
    predicted,
    groups: attributes[0]!.groups,
    classCount: classNames.length,
  };
  const report = evaluateFairness(predictions);
  const indices = splitIndices(dataset.manifest, split);
  const probe =
    layer === null
      ? null
      : await probeLayer({ model, dataset, indices, layer, seed }, context.part('Attribute probe', 0, 0.2));
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
            context.part('Bootstrap intervals', 0.2, 0.7),
          ),
    noiseFloor:
      permutations === 0
        ? null
        : await estimateNoiseFloor(
            predictions,
            { permutations, seed, clusters },
            context.part('Noise floor', 0.7, 0.9),
          ),
    detail: await evaluateDetail(
      predictions,
      softmaxRows(logits, classNames.length),
      context.part('Ranking the scores', 0.9, 1),
    ),
    predicted,
    loss: meanCrossEntropy(logits, labels, classNames.length),
    probe: probe && layer !== null ? { layer, ...probe } : null,
  };
  return baseline ? maskFate(evaluation, baseline) : evaluation;
}
