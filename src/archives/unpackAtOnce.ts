import type { FileEntry } from '@zip.js/zip.js';
import { inflateSync } from 'fflate';
import { crc32 } from './crc32';
import type { ZipSource } from './zipSource';

const localSignature = 0x04034b50;
const localHeaderBytes = 30;
/** Read beyond the name for the extra fields of the file's own header; mostly they have some ten bytes. */
const extraBytes = 128;
/** A file of so many packed bytes is unpacked at once: at most 270 MB come out of it, whatever it says, in less than a second. */
export const mostPackedAtOnce = 256 * 2 ** 10;

/**
 * Unpacks one small file in one go. The streams of zip.js cost a millisecond for each file, as much as decoding a small image.
 *
 * @param entry of at most {@link mostPackedAtOnce}, stored or deflated
 * @returns its bytes, or what is wrong with it
 * @source PKWARE APPNOTE 6.3, section 4.3.7
 */
export async function unpackAtOnce(source: ZipSource, entry: FileEntry): Promise<Uint8Array<ArrayBuffer> | string> {
  const { offset, compressedSize, uncompressedSize, rawFilename, compressionMethod } = entry;
  const guessedBytes = localHeaderBytes + rawFilename.length + extraBytes + compressedSize;
  let bytes = await source.readUint8Array(offset, Math.min(guessedBytes, source.size - offset));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < localHeaderBytes || view.getUint32(0, true) !== localSignature) {
    return 'its header is not where the directory says';
  }
  const start = localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true);
  const end = start + compressedSize;
  if (offset + end > source.size) return 'the archive ends before it';
  if (end > bytes.length) bytes = await source.readUint8Array(offset, end);
  const packed = bytes.subarray(start, end);
  const unpacked = compressionMethod === 0 ? packed.slice() : inflate(packed, uncompressedSize);
  if (unpacked === null) return 'its data are damaged';
  if (unpacked.length !== uncompressedSize) return 'its data are not as long as they should be';
  return crc32(unpacked) === entry.crc32 ? unpacked : 'its data are damaged: its checksum is another one';
}

/** At most one byte more than there should be; null when the data are damaged. */
function inflate(packed: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> | null {
  const out = new Uint8Array(bytes + 1);
  try {
    return out.subarray(0, inflateSync(packed, { out }).length);
  } catch {
    return null;
  }
}
