import { openZip as openArchive, type ZipFile, type ZipLimits } from '../../archives/openZip';
import { LabError } from '../../foundation/labError';
import { modelUnreadable } from './modelUnreadable';
import type { NamedBytes } from './packModelFiles';

/** VGG-11 with its dense head has half of the bytes. */
const limits: ZipLimits = { files: 20_000, fileBytes: 2 ** 30, totalBytes: 2 ** 30 };

/** True when the bytes begin as a zip does. */
export function isZip({ bytes }: NamedBytes): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);
}

/**
 * The paths of the files in a zip, by its directory alone.
 *
 * @throws LabError `model-unreadable`: damaged, or it would unpack to more than 1 GiB
 */
export function listZip(file: NamedBytes): Promise<string[]> {
  return withFiles(file, (files) => files.map(({ name }) => name));
}

/**
 * The files in a zip; any other file as it is. Every file's checksum is compared.
 *
 * @throws LabError `model-unreadable`: damaged, encrypted, or it would unpack to more than 1 GiB
 */
export async function openZip(file: NamedBytes): Promise<NamedBytes[]> {
  if (!isZip(file)) return [file];
  return withFiles(file, async (files) => {
    const opened: NamedBytes[] = [];
    for (const each of files) opened.push({ path: each.name, bytes: await each.read() });
    return opened;
  });
}

async function withFiles<T>({ path, bytes }: NamedBytes, read: (files: ZipFile[]) => T | Promise<T>): Promise<T> {
  try {
    return await read(await openArchive(bytes, path, limits));
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'zip-unreadable') throw error;
    const { entry, what } = error.details ?? {};
    const why =
      entry === undefined
        ? `the zip is damaged or refused: ${what}`
        : `the zip is damaged or of an unknown kind: ${entry} in it cannot be unpacked, ${what}`;
    throw modelUnreadable(
      path,
      why,
      'Export or download it again. If it is encrypted, pack it again without a password.',
      error,
    );
  }
}
