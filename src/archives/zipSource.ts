import { BlobReader, Reader, Uint8ArrayReader } from '@zip.js/zip.js';

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
export class ZipSource extends Reader<Blob | Uint8Array> {
  private readonly source: BlobReader | Uint8ArrayReader;
  /** Where the offset stands that zip.js is not to read; beyond the file when there is none. */
  private hiddenAt = Number.POSITIVE_INFINITY;

  constructor(zip: Blob | Uint8Array) {
    super(zip);
    this.source = zip instanceof Blob ? new BlobReader(zip) : new Uint8ArrayReader(zip);
    this.size = zip instanceof Blob ? zip.size : zip.length;
  }

  override async init(): Promise<void> {
    await super.init?.();
    const tailStart = Math.max(0, this.size - endBytes - mostCommentBytes - locatorBytes);
    const at = findIgnoredOffset(await this.source.readUint8Array(tailStart, this.size - tailStart));
    if (at !== null) this.hiddenAt = tailStart + at;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    // A copy of the zip's bytes.
    const bytes = await this.source.readUint8Array(index, length);
    const start = Math.max(0, this.hiddenAt - index);
    const end = Math.min(bytes.length, this.hiddenAt + 4 - index);
    return start < end ? bytes.fill(0xff, start, end) : bytes;
  }
}

/** @param tail the end of a zip */
function findIgnoredOffset(tail: Uint8Array): number | null {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    const hasLocator = at >= locatorBytes && view.getUint32(at - locatorBytes, true) === locatorSignature;
    return hasLocator ? at + offsetField : null;
  }
  return null;
}
