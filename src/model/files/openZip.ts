import { configure, type Entry, ERR_ENCRYPTED, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { modelUnreadable } from './modelUnreadable';
import type { NamedBytes } from './packModelFiles';
import { Zip64Reader } from './zip64Reader';

/** Most bytes that the files of an archive may have when unpacked: VGG-11 with its dense head has half of it. */
const mostBytes = 2 ** 30;
/** Most that deflate can compress is 1 : 1032. */
const mostRatio = 1100;

configure({ useWebWorkers: false });

/** True when the bytes begin as a zip does. */
export function isZip({ bytes }: NamedBytes): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The paths of the files in a zip, by its directory alone.
 *
 * @throws LabError `model-unreadable`: damaged
 */
export function listZip(file: NamedBytes): Promise<string[]> {
  return withEntries(file, (entries) => entries.filter(({ directory }) => !directory).map(({ filename }) => filename));
}

/**
 * The files in a zip; any other file as it is. Every file's checksum is compared.
 *
 * @throws LabError `model-unreadable`: damaged, encrypted, or it would unpack to more than 1 GiB
 */
export async function openZip(file: NamedBytes): Promise<NamedBytes[]> {
  if (!isZip(file)) return [file];
  return withEntries(file, async (entries) => {
    refuseBomb(file.path, entries);
    const opened: NamedBytes[] = [];
    for (const entry of entries) {
      if (!entry.directory) {
        opened.push({ path: entry.filename, bytes: await entry.getData(new Uint8ArrayWriter()) });
      }
    }
    return opened;
  });
}

async function withEntries<T>(file: NamedBytes, read: (entries: Entry[]) => T | Promise<T>): Promise<T> {
  const reader = new ZipReader(new Zip64Reader(file.bytes), { checkSignature: true });
  try {
    return await read(await reader.getEntries());
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'LabError') throw cause;
    const isEncrypted = cause instanceof Error && cause.message === ERR_ENCRYPTED;
    throw isEncrypted
      ? modelUnreadable(
          file.path,
          'the zip is encrypted',
          'Unpack it with its password and pack it again without.',
          cause,
        )
      : modelUnreadable(file.path, 'the zip is damaged', 'Export or download it again.', cause);
  } finally {
    await reader.close();
  }
}

/** Goes by what the directory says; a file that unpacks to more than that ends in an error of its own. */
function refuseBomb(path: string, entries: Entry[]): void {
  let total = 0;
  for (const { filename, compressedSize, uncompressedSize } of entries) {
    total += uncompressedSize;
    if (total <= mostBytes && uncompressedSize <= mostRatio * (compressedSize + 1)) continue;
    throw modelUnreadable(
      path,
      `it would unpack to more than it can hold or the lab takes (${filename} alone to ${uncompressedSize} bytes)`,
      'Give a zip of at most 1 GiB. If it came from elsewhere, it may be harmful: do not open it.',
    );
  }
}
