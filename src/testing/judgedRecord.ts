import type { Interval } from '../fairness/fairnessEvaluation';
import { byCriterion } from '../fairness/paperTable';
import { modelId } from '../foundation/ids';
import { prunesNothing } from '../importance/importances';
import type { ArmContest, ArmRecord, Evaluation, RoundRecord, RunRecord } from '../recipe/runRecord';
import { handMadeRecord } from './handMadeRecord';

const predicted = [1, 0, 0, 1, 0, 0, 1, 1];

/** What a made-up evaluation says of Eodd; what is left out is that of a clear finding. */
export interface Made {
  f1?: number;
  eodd?: number;
  fate?: number | null;
  interval?: Interval | null;
  predicted?: number[];
  /** Null: no noise floor was computed. */
  isAboveFloor?: boolean | null;
}

/** An evaluation with made-up figures under Eodd. */
export function madeEvaluation(made: Made): Evaluation {
  const { evaluation } = handMadeRecord().baseline;
  const { report } = evaluation;
  const { f1 = 0.8, eodd = 0.1, fate = null, interval = null, isAboveFloor = true } = made;
  const floor = { observed: eodd, mean: 0.02, q05: 0.01, q95: 0.05, aboveFloor: isAboveFloor ?? false };
  const around = { low: 0, high: 1 };
  const intervals = { f1Avg: around, f1Diff: around, accuracyAvg: around, accuracyDiff: around };
  return {
    ...evaluation,
    report: { ...report, eodd, rows: { ...report.rows, f1: { ...report.rows.f1, avg: f1 } } },
    fate: { eopp0: null, eopp1: null, eodd: fate },
    bootstrap: {
      replicates: 1000,
      level: 0.95,
      unit: 'group × class',
      intervals: { ...intervals, ...byCriterion(() => around) },
      fate: { eopp0: null, eopp1: null, eodd: interval },
    },
    noiseFloor: isAboveFloor === null ? null : { permutations: 1000, byCriterion: byCriterion(() => floor) },
    predicted: made.predicted ?? predicted,
  };
}

/** An arm with one round for each of the figures, four channels pruned in each; it reports the last, unless told. */
export function madeArm(arm: string, rounds: Made[], change: Partial<ArmRecord> = {}): ArmRecord {
  const [round] = handMadeRecord().arms[0]!.rounds;
  const made = rounds.map(
    (figures, index): RoundRecord => ({
      ...round!,
      round: index + 1,
      modelId: modelId(`hand-made~${arm}~${index + 1}`),
      prunedOriginal: prunesNothing(arm) ? [] : [0, 1, 2, 3],
      evaluation: madeEvaluation(figures),
    }),
  );
  return { arm, rounds: made, stop: null, chosenRound: rounds.length, ...change };
}

/** SNNL-Fair against a rival after one round, by FATE and by the gap. */
export function madeContest(rival: string, round: number, low: number, high: number, rivalRound = round): ArmContest {
  const none = { value: null, interval: null };
  const difference = { value: (low + high) / 2, interval: { low, high } };
  const gap = { value: -(low + high) / 2, interval: { low: -high, high: -low } };
  return {
    rival,
    round,
    rivalRound,
    difference: { eopp0: none, eopp1: none, eodd: difference },
    gapDifference: { eopp0: none, eopp1: none, eodd: gap },
  };
}

/** Figures of a clear finding: a smaller gap, FATE above 0 beyond its interval, one prediction of eight changed. */
export const clearFinding: Made = {
  f1: 0.81,
  eodd: 0.05,
  fate: 0.5,
  interval: { low: 0.2, high: 0.8 },
  predicted: [1, 0, 1, 1, 0, 0, 1, 1],
};

/**
 * A finished run with a positive finding in every respect: a gap beyond chance, and two controls after the same round that
 * did worse beyond a paired interval. Traps are laid by changing one thing.
 */
export function findingRecord(change: Partial<RunRecord> = {}): RunRecord {
  const record = handMadeRecord();
  return {
    ...record,
    config: { ...record.config, pruning: { ...record.config.pruning, rounds: 1, criterion: 'eodd' } },
    baseline: { ...record.baseline, evaluation: madeEvaluation({}) },
    arms: [
      madeArm('snnl', [clearFinding]),
      madeArm('random', [{ fate: 0.1, interval: { low: -0.1, high: 0.3 } }]),
      madeArm('fine-tune-only', [{ fate: 0, interval: { low: -0.1, high: 0.1 } }]),
    ],
    contests: [madeContest('random', 1, 0.1, 0.7), madeContest('fine-tune-only', 1, 0.2, 0.8)],
    ...change,
  };
}
