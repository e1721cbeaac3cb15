import { LabError } from '../../foundation/labError';

/** Turns what Node's file system throws into `quota-exceeded` or `storage-failed`; a LabError stays as it is. */
export function explainFolderError(path: string, cause: unknown): LabError {
  if (cause instanceof LabError) return cause;
  if (isErrno(cause, 'ENOSPC') || isErrno(cause, 'EDQUOT')) {
    return new LabError({
      code: 'quota-exceeded',
      message: `There is no room left on the disk for ${path}.`,
      hint: 'Free disk space, delete what you no longer need from the store, or choose a folder on another disk with --store.',
      details: { file: path },
      cause,
    });
  }
  return new LabError({
    code: 'storage-failed',
    message: `The store's file ${path} failed: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'Check that the folder of the store exists and can be read and written, or choose another with --store.',
    details: { file: path },
    cause,
  });
}

/** Whether something thrown is Node's error of this code, for example `ENOENT`. */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
