import { LabError } from '../foundation/labError';

/** What ends a command that Ctrl-C reached outside any job. */
export function cancelledError(): LabError {
  return new LabError({
    code: 'cancelled',
    message: 'The command was cancelled.',
    hint: 'Start it again when you are ready.',
  });
}
