import {
  BlobWriter,
  configure,
  ERR_CENTRAL_DIRECTORY_NOT_FOUND,
  ERR_ENTRY_DATA_OUT_OF_BOUNDS,
  ERR_INVALID_CRC32,
  ERR_INVALID_UNCOMPRESSED_SIZE,
  ERR_LOCAL_FILE_HEADER_NOT_FOUND,
  type FileEntry,
  Uint8ArrayWriter,
  ZipReader,
} from '@zip.js/zip.js';
import { decodeZipName } from './decodeZipName';
import { mostPackedAtOnce, unpackAtOnce } from './unpackAtOnce';
import { ZipSource } from './zipSource';
import { zipUnreadable } from './zipUnreadable';

/** One file in a zip. Nothing of it is in memory before it is read. */
export interface ZipFile {
  /** Path in the archive, as it is written there: it may lead anywhere. */
  name: string;
  /** Of the file itself, unpacked, as the directory says. */
  bytes: number;
  packedBytes: number;
  /** Its checksum is compared. @throws LabError `zip-unreadable` */
  read(): Promise<Uint8Array<ArrayBuffer>>;
  /** The same as a blob, which a browser may keep on disk. @throws LabError `zip-unreadable` */
  readBlob(): Promise<Blob>;
}

/** What is taken of a zip. */
export interface ZipLimits {
  files: number;
  /** Unpacked bytes of one file, and of all. */
  fileBytes: number;
  totalBytes: number;
}

/** Most that deflate can pack into one byte is 1032; a directory that says more is wrong. */
const mostPacking = 1100;
/** Of a file's own header, without its name. */
const localHeaderBytes = 30;
/** The directory is what is gone by; what its files' own headers repeat is not compared, the checksum is. */
const reading = { checkCrc32: true, checkLocalDirectory: false };
const methods = { stored: 0, deflated: 8 };
const mayHarm = 'Such an archive is broken or made to do harm. Get the files from another place.';

// What is read side by side is unpacked in the same thread: the engine has its own worker already.
configure({ useWebWorkers: false, maxWorkers: 16 });

/**
 * Lists the files in a zip by its directory; each is unpacked when it is read, several at a time if need be. Zip64 is
 * understood. Names are UTF-8 or code page 437. An archive whose files overlap, or that says it unpacks to more than
 * `limits`, is refused whole; a file that is encrypted, packed by another method than deflate, or not what the directory says,
 * is refused when it is read.
 *
 * @param path for messages
 * @throws LabError `zip-unreadable`
 */
export async function openZip(zip: Blob | Uint8Array, path: string, limits: ZipLimits): Promise<ZipFile[]> {
  const source = new ZipSource(zip);
  const entries = await listEntries(source, path);
  refuseBomb(entries, path, limits);
  return entries
    .filter((entry): entry is FileEntry => !entry.directory)
    .map((entry) => ({
      name: entry.filename,
      bytes: entry.uncompressedSize,
      packedBytes: entry.compressedSize,
      async read() {
        requireReadable(entry, path);
        if (entry.compressedSize > mostPackedAtOnce) {
          return stream(entry, path, () => entry.getData(new Uint8ArrayWriter(), reading));
        }
        const unpacked = await unpackAtOnce(source, entry);
        if (typeof unpacked !== 'string') return unpacked;
        throw zipUnreadable(path, { entry: entry.filename, what: unpacked });
      },
      async readBlob() {
        requireReadable(entry, path);
        return stream(entry, path, () => entry.getData(new BlobWriter(), reading));
      },
    }));
}

async function listEntries(source: ZipSource, path: string) {
  try {
    const reader = new ZipReader(source, { filenameValidation: 'tolerant', decodeText: decodeZipName });
    return await reader.getEntries();
  } catch (cause) {
    const isLost = messageOf(cause) === ERR_CENTRAL_DIRECTORY_NOT_FOUND;
    const what = isLost
      ? 'its directory is damaged'
      : 'it has no directory at its end; it may be cut off, or not be a zip at all';
    throw zipUnreadable(path, { what, cause });
  }
}

function refuseBomb(entries: Awaited<ReturnType<typeof listEntries>>, path: string, limits: ZipLimits): void {
  const refuse = (what: string) => zipUnreadable(path, { what, hint: mayHarm });
  if (entries.length > limits.files) {
    throw refuse(`it holds ${count(entries.length)} files, and at most ${count(limits.files)} are read`);
  }
  let total = 0;
  for (const { filename, uncompressedSize, compressedSize } of entries) {
    total += uncompressedSize;
    const says = `${filename} would unpack to ${count(uncompressedSize)} bytes`;
    if (uncompressedSize > limits.fileBytes) throw refuse(`${says}, and at most ${count(limits.fileBytes)} are read`);
    if (uncompressedSize > mostPacking * (compressedSize + 1)) {
      throw refuse(`${says} from ${count(compressedSize)}, which is more than it can hold`);
    }
  }
  if (total > limits.totalBytes) {
    throw refuse(`it would unpack to ${count(total)} bytes, and at most ${count(limits.totalBytes)} are read`);
  }
  const placed = entries.toSorted((a, b) => a.offset - b.offset);
  for (const [index, { offset, compressedSize, filename }] of placed.entries()) {
    const next = placed[index + 1];
    if (next && offset + localHeaderBytes + compressedSize > next.offset) {
      throw refuse(`its files ${filename} and ${next.filename} overlap, so that it would unpack to more than it holds`);
    }
  }
}

function requireReadable({ encrypted, compressionMethod, filename }: FileEntry, path: string): void {
  const refuse = (what: string) => zipUnreadable(path, { entry: filename, what });
  if (encrypted) throw refuse('it is protected by a password');
  if (compressionMethod !== methods.stored && compressionMethod !== methods.deflated) {
    throw refuse(`its compression (method ${compressionMethod}) is not supported`);
  }
}

async function stream<T>({ filename }: FileEntry, path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw zipUnreadable(path, {
      entry: filename,
      what: readProblems[messageOf(cause)] ?? 'its data are damaged',
      cause,
    });
  }
}

const readProblems: Record<string, string> = {
  [ERR_INVALID_CRC32]: 'its data are damaged: its checksum is another one',
  [ERR_INVALID_UNCOMPRESSED_SIZE]: 'its data are not as long as they should be',
  [ERR_LOCAL_FILE_HEADER_NOT_FOUND]: 'its header is not where the directory says',
  [ERR_ENTRY_DATA_OUT_OF_BOUNDS]: 'the archive ends before it',
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function count(value: number): string {
  return value.toLocaleString('en-GB');
}
