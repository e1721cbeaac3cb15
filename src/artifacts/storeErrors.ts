import { LabError } from '../foundation/labError';

/** What a read past the end of a file is told. */
export function fileEnds(path: string, sizeBytes: number, askedToBytes: number): LabError {
  return new LabError({
    code: 'storage-failed',
    message: `${path} ends at byte ${sizeBytes}, but bytes up to ${askedToBytes} were asked for.`,
    hint: 'Delete what the file belongs to and make it again.',
    details: { file: path },
  });
}

/** What is open elsewhere cannot be opened or deleted. */
export function fileInUse(path: string, cause?: unknown): LabError {
  return new LabError({
    code: 'storage-failed',
    message: `${path} is in use elsewhere, probably by another tab or command of the lab.`,
    hint: 'Close the other one, or wait until it has ended, and try again.',
    details: { file: path },
    cause,
  });
}

/** What was opened to be read cannot be written. */
export function openToRead(path: string): LabError {
  return new LabError({
    code: 'storage-failed',
    message: `${path} was opened to be read, not to be written.`,
    hint: 'This is an error of the lab. Please report it.',
    details: { file: path },
  });
}
