import { Uint8ArrayReader } from '@zip.js/zip.js';

const endSignature = 0x06054b50;
const locatorSignature = 0x07064b50;
const endBytes = 22;
const locatorBytes = 20;
/** Where the end record gives the offset of the directory. */
const offsetField = 16;
const mostCommentBytes = 0xffff;

/**
 * Gives zip.js a zip so that it goes by the zip64 record where there is one.
 *
 * PyTorch always writes that record. zip.js reads it only when the end record refers to it, and takes the directory to
 * end right before the end record: 76 bytes too late. When the first entry of the directory has just these 76 bytes (a
 * name of 30), a second entry begins where zip.js looks for the first, and it takes the file for damaged. So the offset
 * reads as 0xffffffff here, which says: see the zip64 record. The bytes given are not changed.
 */
export class Zip64Reader extends Uint8ArrayReader {
  /** Where the offset stands that zip.js is not to read; beyond the file when there is none. */
  private readonly hiddenAt: number;

  constructor(bytes: Uint8Array) {
    super(bytes);
    this.hiddenAt = findIgnoredOffset(bytes) ?? Number.POSITIVE_INFINITY;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    // A copy of the file's bytes.
    const bytes = await super.readUint8Array(index, length);
    const start = Math.max(0, this.hiddenAt - index);
    const end = Math.min(bytes.length, this.hiddenAt + 4 - index);
    return start < end ? bytes.fill(0xff, start, end) : bytes;
  }
}

function findIgnoredOffset(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = Math.max(0, bytes.length - endBytes - mostCommentBytes);
  for (let at = bytes.length - endBytes; at >= first; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    const hasLocator = at >= locatorBytes && view.getUint32(at - locatorBytes, true) === locatorSignature;
    return hasLocator ? at + offsetField : null;
  }
  return null;
}
