import { byCriterion, type FairnessCriterion } from '../fairness/paperTable';
import type { Evaluation } from './runRecord';

/** Whether a model has a gap at all: `unknown` where no noise floor was computed. */
export type GapStanding = 'beyond-chance' | 'within-chance' | 'unknown';

/** How a model's gap stands against its own noise floor. */
export function gapStanding({ noiseFloor }: Pick<Evaluation, 'noiseFloor'>, criterion: FairnessCriterion): GapStanding {
  if (!noiseFloor) return 'unknown';
  return noiseFloor.byCriterion[criterion].aboveFloor ? 'beyond-chance' : 'within-chance';
}

/**
 * Takes FATE and its interval from an evaluation where the baseline's gap is within its noise floor: FATE divides by that
 * gap, so that chance alone would decide its size and its sign. The gaps themselves stay.
 *
 * @param evaluation of a model against this baseline, on the same split
 */
export function maskFate(evaluation: Evaluation, baseline: Evaluation): Evaluation {
  const { fate, bootstrap } = evaluation;
  const keep = <T>(criterion: FairnessCriterion, value: T) =>
    gapStanding(baseline, criterion) === 'within-chance' ? null : value;
  const intervals = bootstrap?.fate;
  return {
    ...evaluation,
    fate: fate && byCriterion((criterion) => keep(criterion, fate[criterion])),
    bootstrap:
      bootstrap && intervals
        ? { ...bootstrap, fate: byCriterion((criterion) => keep(criterion, intervals[criterion])) }
        : bootstrap,
  };
}
