import { LabError } from '../foundation/labError';

const again = 'Download or pack it again, or unpack it and drop the folder instead.';

/**
 * The error for a zip, or for a file in one, that cannot be read. `details.what` says why on its own, for those who tell it
 * in another sentence.
 */
export function zipUnreadable(
  path: string,
  { entry, what, hint = again, cause }: { entry?: string; what: string; hint?: string; cause?: unknown },
): LabError {
  return new LabError({
    code: 'zip-unreadable',
    message:
      entry === undefined ? `${path} cannot be read: ${what}.` : `${entry} in ${path} cannot be unpacked: ${what}.`,
    hint,
    details: { file: path, ...(entry !== undefined && { entry }), what },
    cause,
  });
}
