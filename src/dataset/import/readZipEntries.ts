import { LabError } from '../../foundation/labError';
import { crc32 } from './crc32';
import { readZipDirectory, type ZipEntry } from './readZipDirectory';
import type { SourceFile } from './sourceFile';

const localHeaderBytes = 30;
const localSignature = 0x04034b50;
const storedMethod = 0;
const deflateMethod = 8;
/** No image and no table of a dataset is near it. */
const maxEntryBytes = 2 * 2 ** 30;

/**
 * Lists the files in a zip by its directory. Each is inflated when it is read, so that an archive of any size needs the
 * memory of one file at a time. Zip64 is understood. Names that would lead out of a folder (`../`, `C:\\`) are cut to what
 * lies inside: nothing is ever written under them.
 *
 * An archive whose files overlap, as one made to fill a disk has them, is refused whole; a file that inflates to more than
 * {@link maxEntryBytes} or than its directory says, or has another checksum, is refused by itself.
 *
 * @throws LabError `zip-unreadable`, here and from `read`
 */
export async function readZipEntries(zip: Blob, path: string): Promise<SourceFile[]> {
  const entries = await readZipDirectory(zip, path);
  if (entries.reduce((sum, { packedBytes }) => sum + packedBytes, 0) > zip.size) {
    throw new LabError({
      code: 'zip-unreadable',
      message: `${path} is refused: its files overlap, so that it would unpack to far more than it holds.`,
      hint: 'Such an archive is broken or made to do harm. Get the images from another place.',
      details: { file: path },
    });
  }
  return entries
    .filter(({ name }) => !name.endsWith('/'))
    .map((entry) => ({
      path: `${path}/${innerPath(entry.name)}`,
      sizeBytes: entry.bytes,
      read: () => readEntry(zip, path, entry),
    }));
}

/** The name without drive, leading slashes, and steps to the same or the upper folder. */
function innerPath(name: string): string {
  const parts = name
    .replaceAll('\\', '/')
    .replace(/^[a-z]:/i, '')
    .split('/');
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/');
}

/** Entries whose checksum was right; what is stored as it is need not be gone through again. */
const checked = new WeakSet<ZipEntry>();

async function readEntry(zip: Blob, path: string, entry: ZipEntry): Promise<Blob> {
  const unreadable = (what: string, cause?: unknown) =>
    new LabError({
      code: 'zip-unreadable',
      message: `${entry.name} in ${path} cannot be unpacked: ${what}.`,
      hint: 'Unpack the archive with another program and drop the folder instead.',
      details: { file: path, entry: entry.name },
      cause,
    });
  if (entry.encrypted) throw unreadable('it is protected by a password');
  if (entry.bytes > maxEntryBytes) throw unreadable('it would unpack to more than 2 GiB');
  const header = new DataView(await zip.slice(entry.offset, entry.offset + localHeaderBytes).arrayBuffer());
  if (header.byteLength < localHeaderBytes || header.getUint32(0, true) !== localSignature) {
    throw unreadable('its header is not where the directory says');
  }
  const start = entry.offset + localHeaderBytes + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = zip.slice(start, start + entry.packedBytes);
  if (packed.size !== entry.packedBytes) throw unreadable('the archive ends before it');
  if (entry.method !== storedMethod && entry.method !== deflateMethod) {
    throw unreadable(`its compression (method ${entry.method}) is not supported`);
  }
  const isStored = entry.method === storedMethod;
  if (isStored && checked.has(entry)) return packed;
  const data = isStored ? packed.stream() : packed.stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const unpacked = await unpack(data, entry.bytes).catch((cause: unknown) => {
    throw unreadable('its data are damaged', cause);
  });
  if (unpacked.bytes !== entry.bytes) throw unreadable('its data are not as long as they should be');
  if (unpacked.crc32 !== entry.crc32) throw unreadable('its data are damaged: its checksum is another one');
  checked.add(entry);
  return isStored ? packed : new Blob(unpacked.parts);
}

/** Reads to the end, or to where there is more than there should be. */
async function unpack(data: ReadableStream<Uint8Array<ArrayBuffer>>, maxBytes: number) {
  const parts: Blob[] = [];
  let bytes = 0;
  let crc = 0;
  const reader = data.getReader();
  while (bytes <= maxBytes) {
    const { done, value } = await reader.read();
    if (done) return { parts, bytes, crc32: crc };
    parts.push(new Blob([value]));
    bytes += value.length;
    crc = crc32(value, crc);
  }
  await reader.cancel();
  return { parts, bytes, crc32: crc };
}
