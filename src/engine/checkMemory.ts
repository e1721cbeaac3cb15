import type { MemoryLimits } from '../compute/memoryLimits';
import { LabError } from '../foundation/labError';
import { fitsMemory, type MemoryTask, memorySentence } from '../model/memoryNeed';

/**
 * Refuses work that cannot fit before it is begun, so that hours of it are not lost to a full memory.
 * @throws LabError `exceeds-memory` with the largest batch that fits
 */
export function checkMemory(tasks: readonly MemoryTask[], limits: MemoryLimits): void {
  for (const task of tasks) {
    if (fitsMemory(task.need(task.batchSize), limits)) continue;
    const largest = largestBatch(task, limits);
    throw new LabError({
      code: 'exceeds-memory',
      stage: 'checking the memory',
      message: memorySentence(task, limits),
      hint:
        largest === 0
          ? 'Not even one image fits: use smaller images or a narrower network.'
          : `Use batches of at most ${largest}, smaller images or a narrower network.`,
      details: { batchSize: task.batchSize, largestBatch: largest, bytes: task.need(task.batchSize).bytes },
    });
  }
}

/** Largest batch that fits; need grows with it. */
function largestBatch({ batchSize, need }: MemoryTask, limits: MemoryLimits): number {
  let [fits, fails] = [0, batchSize];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if (fitsMemory(need(middle), limits)) fits = middle;
    else fails = middle;
  }
  return fits;
}
