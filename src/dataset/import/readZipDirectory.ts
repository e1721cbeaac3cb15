import { LabError } from '../../foundation/labError';
import { decodeZipName } from './decodeZipName';

/** One file or folder as a zip's directory names it. */
export interface ZipEntry {
  /** Path in the archive; folders end with a slash. */
  name: string;
  encrypted: boolean;
  /** 0 stored, 8 deflated. */
  method: number;
  packedBytes: number;
  bytes: number;
  /** Of the unpacked bytes. */
  crc32: number;
  /** Where the entry's local header begins. */
  offset: number;
}

const endSignature = 0x06054b50;
const endBytes = 22;
const maxCommentBytes = 0xffff;
const end64LocatorSignature = 0x07064b50;
const end64LocatorBytes = 20;
const end64Signature = 0x06064b50;
const end64Bytes = 56;
const entrySignature = 0x02014b50;
const entryBytes = 46;
const zip64ExtraId = 0x0001;
/** A 32-bit field with this value points to its 64-bit form. */
const seeZip64 = 0xffffffff;

/**
 * Reads the central directory, which lies at the end of a zip (PKWARE APPNOTE 6.3, sections 4.3.12 to 4.3.16).
 * @throws LabError `zip-unreadable`
 */
export async function readZipDirectory(zip: Blob, path: string): Promise<ZipEntry[]> {
  const directory = await locateDirectory(zip);
  if (!directory) throw unreadable(path, 'it has no directory at its end; it may be cut off, or not be a zip at all');
  const bytes = await zip.slice(directory.offset, directory.offset + directory.size).arrayBuffer();
  const view = new DataView(bytes);
  const entries: ZipEntry[] = [];
  let at = 0;
  while (at + entryBytes <= view.byteLength && view.getUint32(at, true) === entrySignature) {
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const extraAt = at + entryBytes + nameBytes;
    const next = extraAt + extraBytes + view.getUint16(at + 32, true);
    if (next > view.byteLength) break;
    const wide = readZip64Extra(view, extraAt, extraAt + extraBytes);
    const size = (position: number) => {
      const value = view.getUint32(at + position, true);
      return value === seeZip64 ? (wide.shift() ?? value) : value;
    };
    // The 64-bit values come in this order, each only when its 32-bit field is full.
    const unpacked = size(24);
    const packedBytes = size(20);
    const offset = size(42);
    entries.push({
      name: decodeZipName(new Uint8Array(bytes, at + entryBytes, nameBytes)),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      packedBytes,
      bytes: unpacked,
      crc32: view.getUint32(at + 16, true),
      offset,
    });
    at = next;
  }
  if (entries.length !== directory.count) {
    throw unreadable(path, `its directory names ${directory.count} files, but only ${entries.length} can be read`);
  }
  return entries;
}

async function locateDirectory(zip: Blob): Promise<{ offset: number; size: number; count: number } | null> {
  const tailStart = Math.max(0, zip.size - endBytes - maxCommentBytes - end64LocatorBytes);
  const tail = new DataView(await zip.slice(tailStart).arrayBuffer());
  let at = tail.byteLength - endBytes;
  while (at >= 0 && tail.getUint32(at, true) !== endSignature) at--;
  if (at < 0) return null;
  const locator = at - end64LocatorBytes;
  if (locator < 0 || tail.getUint32(locator, true) !== end64LocatorSignature) {
    return {
      count: tail.getUint16(at + 10, true),
      size: tail.getUint32(at + 12, true),
      offset: tail.getUint32(at + 16, true),
    };
  }
  const end64At = Number(tail.getBigUint64(locator + 8, true));
  const end64 = new DataView(await zip.slice(end64At, end64At + end64Bytes).arrayBuffer());
  if (end64.byteLength < end64Bytes || end64.getUint32(0, true) !== end64Signature) return null;
  const wide = (position: number) => Number(end64.getBigUint64(position, true));
  return { count: wide(32), size: wide(40), offset: wide(48) };
}

/** The 64-bit values of an entry, in file order. */
function readZip64Extra(view: DataView, from: number, to: number): number[] {
  for (let at = from; at + 4 <= to; ) {
    const length = view.getUint16(at + 2, true);
    if (view.getUint16(at, true) === zip64ExtraId) {
      return Array.from({ length: Math.floor(length / 8) }, (_, i) => Number(view.getBigUint64(at + 4 + 8 * i, true)));
    }
    at += 4 + length;
  }
  return [];
}

function unreadable(path: string, what: string): LabError {
  return new LabError({
    code: 'zip-unreadable',
    message: `${path} cannot be read: ${what}.`,
    hint: 'Download or pack it again, or unpack it and drop the folder instead.',
    details: { file: path },
  });
}
