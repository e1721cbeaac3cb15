import { LabError } from '../../foundation/labError';

/** Turns what the browser's storage throws into `quota-exceeded` or `storage-failed`; a LabError stays as it is. */
export function explainStorageError(path: string, cause: unknown): LabError {
  if (cause instanceof LabError) return cause;
  if (isNamed(cause, 'QuotaExceededError')) {
    return new LabError({
      code: 'quota-exceeded',
      message: `There is no room left in the browser's storage for ${path}.`,
      hint: 'Delete datasets, models or runs that you no longer need, free disk space, or import at a smaller image size.',
      details: { file: path },
      cause,
    });
  }
  const locked = isNamed(cause, 'NoModificationAllowedError');
  return new LabError({
    code: 'storage-failed',
    message: locked
      ? `${path} is in use elsewhere, probably by another tab of the lab.`
      : `The browser's storage failed for ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: locked
      ? 'Close the other tab and try again.'
      : 'Leave private browsing, allow this site to store data, and try again.',
    details: { file: path },
    cause,
  });
}

/** Whether something thrown is the DOM's error of this name. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
