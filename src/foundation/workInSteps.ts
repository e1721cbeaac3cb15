import { createBreather } from './createBreather';
import type { JobContext } from './jobContext';

/** Work that stops after each step of some milliseconds, so that who runs it can let others in. */
export type Steps<T> = Generator<void, T, void>;

/** Does work in one go. */
export function workAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Does work step by step, breathing in between. @throws LabError `cancelled` */
export async function workInSteps<T>(steps: Steps<T>, context: Pick<JobContext, 'breathe'>): Promise<T> {
  const breather = createBreather(context);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await breather.breathe();
  }
}
