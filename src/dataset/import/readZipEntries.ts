import { inflateSync } from 'fflate';
import { LabError } from '../../foundation/labError';
import { readZipDirectory, type ZipEntry } from './readZipDirectory';
import type { SourceFile } from './sourceFile';

const localHeaderBytes = 30;
const localSignature = 0x04034b50;
const storedMethod = 0;
const deflateMethod = 8;

/**
 * Lists the files in a zip by its directory. Each is inflated when it is read, so that an archive of any size needs the
 * memory of one file at a time. Zip64 is understood; nested zips are not opened.
 *
 * @throws LabError `zip-unreadable`, here and from `read`
 */
export async function readZipEntries(zip: Blob, path: string): Promise<SourceFile[]> {
  const entries = await readZipDirectory(zip, path);
  return entries
    .filter(({ name }) => !name.endsWith('/'))
    .map((entry) => ({ path: `${path}/${entry.name}`, read: () => readEntry(zip, path, entry) }));
}

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
  const header = new DataView(await zip.slice(entry.offset, entry.offset + localHeaderBytes).arrayBuffer());
  if (header.byteLength < localHeaderBytes || header.getUint32(0, true) !== localSignature) {
    throw unreadable('its header is not where the directory says');
  }
  const start = entry.offset + localHeaderBytes + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = zip.slice(start, start + entry.packedBytes);
  if (packed.size !== entry.packedBytes) throw unreadable('the archive ends before it');
  if (entry.method === storedMethod) return packed;
  if (entry.method !== deflateMethod) throw unreadable(`its compression (method ${entry.method}) is not supported`);
  const bytes = new Uint8Array(await packed.arrayBuffer());
  let unpacked: Uint8Array<ArrayBuffer>;
  try {
    unpacked = inflateSync(bytes);
  } catch (cause) {
    throw unreadable('its data are damaged', cause);
  }
  if (unpacked.length !== entry.bytes) throw unreadable('its data are not as long as they should be');
  return new Blob([unpacked]);
}
