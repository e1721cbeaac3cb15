import type { Progress } from '../../foundation/jobContext';
import type { LabErrorData } from '../../foundation/labError';

/**
 * Where a step's work stands. `previous` is the result that the page goes on showing while a new one is made, or after
 * making it did not end well.
 */
export type Stage<T> =
  | { status: 'idle' }
  | {
      status: 'running';
      jobId: string;
      progress: Progress | null;
      paused: boolean;
      inputsKey: string;
      previous: T | null;
    }
  | { status: 'done'; result: T; inputsKey: string }
  /** Done, but something that it was made from has changed since. */
  | { status: 'stale'; result: T; inputsKey: string }
  | { status: 'failed'; error: LabErrorData; previous: T | null }
  | { status: 'cancelled'; previous: T | null };

/** What there is to show of a stage, however old. */
export function stageResult<T>(stage: Stage<T>): T | null {
  switch (stage.status) {
    case 'idle':
      return null;
    case 'done':
    case 'stale':
      return stage.result;
    default:
      return stage.previous;
  }
}
