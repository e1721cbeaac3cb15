import type { FigureTree } from './fairnessEvaluation';
import type { GapName } from './gapDefinitions';
import { byCriterion } from './paperTable';
import type { FateByCriterion, TwoGroupReport } from './paperTableSchema';
import { roundingResidue } from './roundingResidue';

/** What FATE is computed from. */
export interface FateInput {
  /** ACC_m, 0 … 1. */
  accuracyModel: number;
  /** ACC_b, 0 … 1. */
  accuracyBaseline: number;
  /** FC_m, 0 … 1. */
  criterionModel: number;
  /** FC_b, 0 … 1. */
  criterionBaseline: number;
  /** λ, weight of the criterion against accuracy; the paper uses 1. */
  lambda: number;
}

/**
 * FATE: what a model gains in one fairness criterion and in accuracy against its baseline.
 *
 *     FATE_FC = (ACC_m - ACC_b) / ACC_b - λ (FC_m - FC_b) / FC_b
 *
 * m is the model, b its baseline, FC a criterion of which less is better. Positive: the relative fall of the gap, plus
 * the relative change of accuracy, is a gain. 0: no change, or one traded against the other. A large value can come
 * from a baseline gap close to 0, so it is to be read beside the gaps themselves.
 *
 * Source: introduced with "FairAdaBN" (MICCAI 2023); the paper uses it with Avg F1 as ACC.
 *
 * @returns null where it is undefined: ACC_b or FC_b is 0 (or differs from it by rounding only)
 */
export function computeFate(input: FateInput): number | null {
  const { accuracyModel, accuracyBaseline, criterionModel, criterionBaseline, lambda } = input;
  if (accuracyBaseline < roundingResidue || criterionBaseline < roundingResidue) return null;
  const accuracyGain = (accuracyModel - accuracyBaseline) / accuracyBaseline;
  const criterionRise = (criterionModel - criterionBaseline) / criterionBaseline;
  return accuracyGain - lambda * criterionRise;
}

/**
 * {@link computeFate} under every criterion, with Avg F1 as the accuracy, as in the paper's tables.
 *
 * @param model and `baseline` must come from the same samples
 */
export function fateByCriterion(model: TwoGroupReport, baseline: TwoGroupReport, lambda = 1): FateByCriterion {
  return byCriterion((criterion) =>
    computeFate({
      accuracyModel: model.rows.f1.avg,
      accuracyBaseline: baseline.rows.f1.avg,
      criterionModel: model[criterion],
      criterionBaseline: baseline[criterion],
      lambda,
    }),
  );
}

/** {@link computeFate} under any definition of the gap; null where it or the gap is undefined. */
export function fateOfFigures(
  model: FigureTree<number | null>,
  baseline: FigureTree<number | null>,
  gap: GapName,
  lambda: number,
): number | null {
  const accuracyModel = model.metrics.f1.average;
  const accuracyBaseline = baseline.metrics.f1.average;
  const criterionModel = model.gaps[gap];
  const criterionBaseline = baseline.gaps[gap];
  if (accuracyModel === null || accuracyBaseline === null || criterionModel === null || criterionBaseline === null) {
    return null;
  }
  return computeFate({ accuracyModel, accuracyBaseline, criterionModel, criterionBaseline, lambda });
}
