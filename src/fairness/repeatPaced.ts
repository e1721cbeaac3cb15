import type { JobContext } from '../foundation/jobContext';

/** Long enough that the pauses cost little, short enough that a cancel is felt at once. */
const workBetweenBreathsMs = 10;

/**
 * Calls `step` so many times, lets the event loop in after about every 10 ms of work, and reports the progress.
 *
 * @param unit what is counted, for example `replicates`
 * @throws LabError `cancelled`
 */
export async function repeatPaced(count: number, unit: string, context: JobContext, step: () => void): Promise<void> {
  let workSinceMs = performance.now();
  for (let i = 0; i < count; i++) {
    step();
    if (performance.now() - workSinceMs < workBetweenBreathsMs) continue;
    context.report(i + 1, count, unit);
    await context.breathe();
    workSinceMs = performance.now();
  }
  context.report(count, count, unit);
}
