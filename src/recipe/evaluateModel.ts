import type { SplitName } from '../dataset/splitName';
import { type Dataset, splitIndices } from '../dataset/stored/dataset';
import { evaluate } from '../fairness/evaluate';
import type { EvaluationSettings } from '../fairness/fairnessEvaluation';
import { paperTable } from '../fairness/paperTable';
import type { Predictions } from '../fairness/predictions/predictions';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import { meanCrossEntropy } from '../training/crossEntropy';
import { probeLayer } from './probeLayer';
import type { RunConfig } from './runConfig';
import type { Evaluation } from './runRecord';

export interface EvaluationRequest {
  model: LabModel;
  dataset: Dataset;
  split: SplitName;
  /** What the model says of the split, as logits. */
  predictions: Predictions;
  /** What FATE compares with, on the same split; null when this model is the baseline. */
  baseline: Evaluation | null;
  statistics: RunConfig['statistics'];
  /** Layer whose features a probe reads the group from; null for none. */
  layer: string | null;
  seed: number;
}

/** Share of the time that the probe takes. */
const probeShare = 0.2;

/**
 * The paper's table of one model on one split, with FATE against the baseline, bootstrap intervals (paired with the
 * baseline's predictions), the noise floor, other readings of the gaps with AUC and calibration by group, and the
 * attribute probe. FATE is null where the baseline shows no gap beyond chance. With 0 replicates or permutations the part is null, and shown as missing.
 */
export async function evaluateModel(request: EvaluationRequest, context: JobContext): Promise<Evaluation> {
  const { model, dataset, split, predictions, baseline, layer, seed } = request;
  const indices = splitIndices(dataset.manifest, split);
  const probe =
    layer === null
      ? null
      : await probeLayer({ model, dataset, indices, layer, seed }, context.part('Attribute probe', 0, probeShare));
  const evaluation = await evaluate(
    {
      model: predictions,
      // Of the baseline the classes are enough: what scores are worth is not compared here.
      baseline: baseline && { ...predictions, predicted: baseline.predicted, scores: null },
      attribute: 0,
    },
    recordedSettings(request),
    context.part('', probeShare, 1),
  );
  const { labels, predicted, scores, classNames } = predictions;
  return {
    split,
    ...paperTable(evaluation),
    predicted: Array.from(predicted),
    loss: meanCrossEntropy(Float32Array.from(scores!.values), labels, classNames.length),
    probe: probe && layer !== null ? { layer, ...probe } : null,
  };
}

/** How what a record keeps is evaluated. */
function recordedSettings({
  statistics: { replicates, permutations, level },
  seed,
}: Pick<EvaluationRequest, 'statistics' | 'seed'>): EvaluationSettings {
  return {
    replicates,
    permutations,
    level,
    method: 'percentile',
    seed,
    lambda: 1,
    calibrationBins: 10,
    minimumGroupSize: 1,
    resampleScores: false,
  };
}
