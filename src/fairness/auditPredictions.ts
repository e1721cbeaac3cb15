import type { JobContext } from '../foundation/jobContext';
import { bootstrapEvaluation } from './bootstrapEvaluation';
import { checkLevellingDown, type LevellingDown } from './checkLevellingDown';
import { fateByCriterion } from './computeFate';
import { estimateNoiseFloor } from './estimateNoiseFloor';
import { evaluateFairness } from './evaluateFairness';
import type { BootstrapResult, FairnessReport, FateByCriterion, NoiseFloor, Predictions } from './fairnessReport';

/** What to audit, and how thoroughly. */
export interface AuditInput {
  predictions: Predictions;
  /** The baseline's predicted class of the same samples in the same order, or null. */
  baseline: number[] | null;
  /** Patient or lesion of each sample, or null. */
  clusters: string[] | null;
  replicates: number;
  permutations: number;
  level: number;
  seed: number;
  /** λ of FATE; 1 when left out. */
  lambda?: number;
}

/** All that can be said of predictions without the model and the images. */
export interface PredictionsAudit {
  report: FairnessReport;
  bootstrap: BootstrapResult;
  noiseFloor: NoiseFloor;
  /** Against the baseline; null when there is none. */
  comparison: { report: FairnessReport; fate: FateByCriterion; levelling: LevellingDown } | null;
}

/**
 * Audits predictions of any model: the paper's table, its intervals, the noise floor and, against a baseline, FATE and
 * the levelling-down check.
 *
 * @throws LabError as {@link bootstrapEvaluation} and {@link estimateNoiseFloor} do
 */
export async function auditPredictions(input: AuditInput, context: JobContext): Promise<PredictionsAudit> {
  const { predictions, baseline, permutations, seed, lambda = 1 } = input;
  const report = evaluateFairness(predictions);
  const bootstrap = await bootstrapEvaluation({ ...input, model: predictions }, context.part('Intervals', 0, 0.8));
  const noiseFloor = await estimateNoiseFloor(predictions, { permutations, seed }, context.part('Noise floor', 0.8, 1));
  return { report, bootstrap, noiseFloor, comparison: baseline && compare(report, baseline, predictions, lambda) };
}

function compare(report: FairnessReport, baseline: number[], predictions: Predictions, lambda: number) {
  const baselineReport = evaluateFairness({ ...predictions, predicted: baseline });
  return {
    report: baselineReport,
    fate: fateByCriterion(report, baselineReport, lambda),
    levelling: checkLevellingDown(report, baselineReport),
  };
}
