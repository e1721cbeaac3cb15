import type { JobContext } from './jobContext';

/** A breath costs a turn of the event loop, up to 4 ms: a loop over many small things takes one this often. */
const breathGapMs = 50;

/** Lets the event loop run now and then, so that a loop over thousands of quick steps can be cancelled and is not slowed. */
export function createBreather(context: Pick<JobContext, 'breathe'>): Pick<JobContext, 'breathe'> {
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    async breathe() {
      if (performance.now() - lastMs < breathGapMs) return;
      await context.breathe();
      lastMs = performance.now();
    },
  };
}
