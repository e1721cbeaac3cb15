import { LabError } from '../../foundation/labError';

/** A model file that cannot be used: which one, why, and what to do. */
export function modelUnreadable(file: string, why: string, hint: string, cause?: unknown): LabError {
  return new LabError({
    code: 'model-unreadable',
    stage: `reading ${file}`,
    message: `The model file ${file} cannot be used: ${why}.`,
    hint,
    details: { file },
    cause,
  });
}
