import { normalCdf, normalQuantile } from '../distributions';
import type { Interval } from '../fairnessEvaluation';
import { quantile } from '../quantile';

/** The values between which the middle `level` of the replicates lies. */
export function percentileInterval(sorted: ArrayLike<number>, level: number): Interval {
  return { low: quantile(sorted, (1 - level) / 2), high: quantile(sorted, (1 + level) / 2) };
}

/**
 * Bias-corrected and accelerated interval: percentiles that are moved where the replicates lie to one side of the
 * observed value (z0), and where the spread changes with the value (a).
 *
 *     z0 = Φ⁻¹(share of replicates below the observed value, ties counting one half)
 *     α' = Φ(z0 + (z0 + z_α) / (1 - a (z0 + z_α)))
 *
 * Where no replicate lies below the observed value, or none above, the share is taken as half a replicate: the interval
 * then is the end of what was drawn, and says that the bootstrap does not suit the statistic.
 *
 * Source: Efron and Tibshirani, "An Introduction to the Bootstrap", chapter 14.
 *
 * @param sorted replicates, ascending
 * @param acceleration a; 0 gives the bias-corrected interval
 */
export function bcaInterval(
  sorted: ArrayLike<number>,
  observed: number,
  acceleration: number,
  level: number,
): Interval {
  const count = sorted.length;
  let below = 0;
  let equal = 0;
  for (let i = 0; i < count; i++) {
    if (sorted[i]! < observed) below++;
    else if (sorted[i] === observed) equal++;
  }
  const share = Math.min(Math.max((below + equal / 2) / count, 0.5 / count), 1 - 0.5 / count);
  const z0 = normalQuantile(share);
  const end = (alpha: number) => {
    const moved = z0 + normalQuantile(alpha);
    const divisor = 1 - acceleration * moved;
    // Beyond the pole of the correction the percentile is the last one on that side.
    if (divisor <= 0) return quantile(sorted, moved > 0 ? 1 : 0);
    return quantile(sorted, normalCdf(z0 + moved / divisor));
  };
  return { low: end((1 - level) / 2), high: end((1 + level) / 2) };
}
