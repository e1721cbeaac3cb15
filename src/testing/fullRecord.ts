import { byCriterion } from '../fairness/paperTable';
import { modelId } from '../foundation/ids';
import type { ArmContest, Evaluation, RunRecord } from '../recipe/runRecord';
import { handMadeRecord, withTestLook } from './handMadeRecord';

const around = { low: 0, high: 1 };

/** Every reading of the gaps of {@link handMadeRecord}'s unpruned model, by hand: dTPR = dTNR = −1/2, dFPR = 1/2 in both classes. */
export const unprunedGaps = {
  eopp0: 0.5,
  eopp1: 0.5,
  eodd: 0,
  eopp0Shared: 0.5,
  eopp1Shared: 0.5,
  eoddShared: 0,
  eopp0Sum: 1,
  eopp1Sum: 1,
  eoddSum: 0,
  eoddSeparate: 0.5,
  eoddFairAdaBn: 1,
  demographicParity: 0,
};

/** Scores of n samples, in one bin. */
export function scoreSummary(n: number) {
  return { auc: 0.75, brier: 0.2, ece: 0.1, reliability: [{ low: 0, high: 1, n, confidence: 0.7, accuracy: 0.6 }] };
}

function withUncertainty(evaluation: Evaluation): Evaluation {
  const { report } = evaluation;
  const floor = { mean: 0.02, q05: 0.01, q95: 0.05 };
  return {
    ...evaluation,
    bootstrap: {
      replicates: 100,
      level: 0.95,
      unit: 'group × class',
      intervals: {
        f1Avg: around,
        f1Diff: around,
        accuracyAvg: around,
        accuracyDiff: around,
        ...byCriterion(() => around),
      },
      fate:
        evaluation.fate &&
        byCriterion((criterion) => (evaluation.fate![criterion] === null ? null : { low: -0.5, high: 1.5 })),
    },
    noiseFloor: {
      permutations: 100,
      byCriterion: byCriterion((criterion) => ({
        ...floor,
        observed: report[criterion],
        aboveFloor: report[criterion] > floor.q95,
      })),
    },
    probe: { layer: 'conv2', auc: 0.6, sd: 0.1, aucByFold: [0.5, 0.7] },
  };
}

/**
 * The hand-made run with a control that did the same, one look at the test split, and every part that a record may have:
 * intervals, noise floors, probes, other readings of the gaps, contests.
 */
export function fullRecord(): RunRecord {
  const record = handMadeRecord();
  const [own] = record.arms;
  const rival = {
    ...own!,
    arm: 'random' as const,
    rounds: own!.rounds.map((round) => ({ ...round, modelId: modelId(`hand-made~random~${round.round}`) })),
  };
  // Both arms predict the same, so that every difference is 0; of Eodd there is no FATE, since the unpruned gap is 0.
  const none = { value: null, interval: null };
  const same = { value: 0, interval: { low: -0.1, high: 0.1 } };
  const contest: ArmContest = {
    rival: 'random',
    round: 1,
    rivalRound: 1,
    difference: { eopp0: same, eopp1: same, eodd: none },
    gapDifference: { eopp0: same, eopp1: same, eodd: same },
  };
  const looked = withTestLook({
    ...record,
    config: { ...record.config, arms: ['snnl', 'random'] },
    arms: [own!, rival],
    contests: [contest],
  });
  const unpruned = withUncertainty(looked.baseline.evaluation);
  const detail = {
    gaps: unprunedGaps,
    scores: { overall: scoreSummary(8), groups: [scoreSummary(4), scoreSummary(4)], equityScaledAuc: 0.75 },
  };
  return {
    ...looked,
    baseline: { ...looked.baseline, evaluation: { ...unpruned, detail } },
    arms: looked.arms.map((arm) => ({
      ...arm,
      rounds: arm.rounds.map((round) => ({ ...round, evaluation: withUncertainty(round.evaluation) })),
    })),
    testLooks: looked.testLooks.map((look) => ({
      ...look,
      baseline: withUncertainty(look.baseline),
      arms: look.arms.map((seen) => ({ ...seen, evaluation: withUncertainty(seen.evaluation) })),
      contests: [contest],
    })),
  };
}
