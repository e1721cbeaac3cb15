import { unzipSync } from 'fflate';
import { modelUnreadable } from './modelUnreadable';
import type { NamedBytes } from './packModelFiles';

/** Most bytes that the files of an archive may have when unpacked: VGG-11 with its dense head has half of it. */
const mostBytes = 2 ** 30;
/** Most that deflate can compress is 1 : 1032. */
const mostRatio = 1100;

/** True when the bytes begin as a zip does. */
export function isZip({ bytes }: NamedBytes): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The files in a zip; any other file as it is.
 *
 * @throws LabError `model-unreadable`: damaged, or it would unpack to more than 1 GiB
 */
export function openZip(file: NamedBytes): NamedBytes[] {
  if (!isZip(file)) return [file];
  let total = 0;
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(file.bytes, {
      filter({ name, size, originalSize }) {
        total += originalSize;
        if (total > mostBytes || originalSize > mostRatio * (size + 1)) {
          throw modelUnreadable(
            file.path,
            `it would unpack to more than it can hold or the lab takes (${name} alone to ${originalSize} bytes)`,
            'Give a zip of at most 1 GiB. If it came from elsewhere, it may be harmful: do not open it.',
          );
        }
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'LabError') throw cause;
    throw modelUnreadable(file.path, 'the zip is damaged', 'Export or download it again.', cause);
  }
  return Object.entries(entries).map(([path, bytes]) => ({ path, bytes }));
}
