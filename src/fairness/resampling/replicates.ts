import type { JobContext } from '../../foundation/jobContext';
import { repeatPaced } from '../repeatPaced';

/** Statistics that are undefined on more than this share of the replicates get no interval and no band. */
const largestUndefinedRatio = 0.05;

/** Values of many statistics on many replicates. */
export interface Replicates {
  count: number;
  /** The defined values of one statistic, ascending; null when too many are undefined. */
  sorted(statistic: number): Float64Array | null;
}

/**
 * Computes the statistics of so many replicates.
 *
 * @param draw statistics of the next replicate, always as many; NaN where one is undefined
 * @throws LabError `cancelled`
 */
export async function collectReplicates(
  count: number,
  unit: string,
  context: JobContext,
  draw: () => ArrayLike<number>,
): Promise<Replicates> {
  let values = new Float64Array(0);
  let done = 0;
  await repeatPaced(count, unit, context, () => {
    const statistics = draw();
    if (done === 0) values = new Float64Array(statistics.length * count);
    // Statistic after statistic, so that one statistic's values lie together.
    for (let s = 0; s < statistics.length; s++) values[s * count + done] = statistics[s]!;
    done++;
  });
  return {
    count,
    sorted(statistic) {
      const all = values.subarray(statistic * count, (statistic + 1) * count);
      const defined = all.filter((value) => !Number.isNaN(value)).sort();
      return defined.length === 0 || count - defined.length > largestUndefinedRatio * count ? null : defined;
    },
  };
}
