import { roundingResidue } from '../roundingResidue';

/** What the statistics are when a unit of one stratum is left out. */
export interface LeaveOneOut {
  /** Units of the stratum, this one among them. */
  stratumSize: number;
  /** Units of the stratum that are like this one, so that leaving out any of them gives the same. */
  alike: number;
  /** NaN where a statistic is undefined. */
  statistics: ArrayLike<number>;
}

/**
 * Acceleration of the BCa interval in a stratified design, for every statistic.
 *
 *     l = (n_s - 1) (mean of t_without - t_without)      a = Σ l³ / n_s³ / (6 (Σ l² / n_s²)^{3/2})
 *
 * Sums run over all units, means over the units of a stratum; n_s is its size and t_without the statistic without the
 * unit. A unit that is alone in its stratum never varies and adds nothing; nor does one without which the statistic is
 * undefined.
 *
 * Source: Efron and Tibshirani, "An Introduction to the Bootstrap", equation 14.15; for several samples Davison and
 * Hinkley, "Bootstrap Methods and their Application", section 5.3.2.
 *
 * @param strata the units of each stratum, those that are alike as one
 * @param statisticCount how many statistics there are
 * @returns 0 for a statistic that does not vary
 */
export function accelerate(strata: Iterable<readonly LeaveOneOut[]>, statisticCount: number): Float64Array {
  const squares = new Float64Array(statisticCount);
  const cubes = new Float64Array(statisticCount);
  for (const units of strata) {
    for (let s = 0; s < statisticCount; s++) {
      const mean = meanWithout(units, s);
      for (const { stratumSize, alike, statistics } of units) {
        const influence = ((stratumSize - 1) * (mean - statistics[s]!)) / stratumSize;
        if (Number.isNaN(influence)) continue;
        squares[s]! += alike * influence ** 2;
        cubes[s]! += alike * influence ** 3;
      }
    }
  }
  return squares.map((square, s) => (square < roundingResidue ** 2 ? 0 : cubes[s]! / (6 * square ** 1.5)));
}

/** Mean over the units of a stratum without which the statistic is defined; NaN when there are none. */
function meanWithout(units: readonly LeaveOneOut[], statistic: number): number {
  let sum = 0;
  let count = 0;
  for (const { alike, statistics } of units) {
    if (Number.isNaN(statistics[statistic]!)) continue;
    sum += alike * statistics[statistic]!;
    count += alike;
  }
  return sum / count;
}
