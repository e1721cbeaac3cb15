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
 *     l = (n_s - 1) (t - t_without)      a = Σ l³ / n_s³ / (6 (Σ l² / n_s²)^{3/2})
 *
 * Sums run over all units, n_s is the size of a unit's stratum and t the statistic. A unit that is alone in its stratum
 * never varies and adds nothing; nor does one without which the statistic is undefined.
 *
 * Source: Davison and Hinkley, "Bootstrap Methods and their Application", section 5.3.2, for several samples.
 *
 * @param observed the statistics of all units
 * @returns 0 for a statistic that does not vary
 */
export function accelerate(observed: ArrayLike<number>, leftOut: readonly LeaveOneOut[]): Float64Array {
  const squares = new Float64Array(observed.length);
  const cubes = new Float64Array(observed.length);
  for (const { stratumSize, alike, statistics } of leftOut) {
    for (let s = 0; s < observed.length; s++) {
      const influence = ((stratumSize - 1) * (observed[s]! - statistics[s]!)) / stratumSize;
      if (Number.isNaN(influence)) continue;
      squares[s]! += alike * influence ** 2;
      cubes[s]! += alike * influence ** 3;
    }
  }
  return squares.map((square, s) => (square === 0 ? 0 : cubes[s]! / (6 * square ** 1.5)));
}
