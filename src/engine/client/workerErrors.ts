import type { LabErrorData } from '../../foundation/labError';
import { protocolVersion } from '../protocol/messages';

const keptHint = 'Go on from the last checkpoint: trainings and runs are kept after every epoch.';

/** What ended a worker, told where another has taken its place. What is not of the worker itself is left as it is. */
export function withSuccessor(error: LabErrorData): LabErrorData {
  if (error.code !== 'worker-crashed' && error.code !== 'worker-unresponsive') return error;
  return { ...error, message: `${error.message} A new worker has been started.` };
}

/** A worker that an event told the end of. @param reason the event's words */
export function workerCrashed(reason: string): LabErrorData {
  return {
    code: 'worker-crashed',
    message: 'The computing worker crashed.',
    hint: keptHint,
    cause: reason,
  };
}

/** A worker that ended without any event. */
export function workerEnded(): LabErrorData {
  return {
    code: 'worker-crashed',
    message: 'The computing worker ended without a word.',
    hint: `${keptHint} If it happens again, memory may be short: close other tabs, or use a smaller batch.`,
  };
}

/** A worker of which nothing was ever heard. */
export function neverStarted(limitMs: number): LabErrorData {
  return {
    code: 'worker-unresponsive',
    message: `The computing worker did not start within ${limitMs / 1000} s.`,
    hint: 'Reload the page. What was stored is kept.',
  };
}

/** A worker that did not answer a cancel. */
export function unresponsive(limitMs: number): LabErrorData {
  return {
    code: 'worker-unresponsive',
    message: `The computing worker did not stop within ${limitMs / 1000} s and was ended.`,
    hint: 'Finished epochs and rounds are kept. Go on with the training or the run, or start again.',
  };
}

/** A worker that the user ended. */
export function endedByUser(): LabErrorData {
  return {
    code: 'worker-unresponsive',
    message: 'The computing worker was ended at your word.',
    hint: 'Finished epochs and rounds are kept. Go on with the training or the run, or start again.',
  };
}

/** A worker of another build than the page. */
export function otherVersion(found: number): LabErrorData {
  return {
    code: 'protocol-mismatch',
    message: `The page speaks version ${protocolVersion} and its worker version ${found}.`,
    hint: 'Reload the page without its cache.',
    details: { expected: protocolVersion, found },
  };
}
