import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A made-up set in the layout of a real one. */
export interface ImageFolder {
  /** Names of the image files. */
  images: string[];
  /** Tables by file name. */
  tables: Record<string, string>;
}

const filesAtOnce = 64;

/**
 * Writes a set to disk. The pictures are taken in turns; a comment in each file makes its bytes, and so its checksum, its
 * own.
 */
export async function writeImageFolder(folder: string, { images, tables }: ImageFolder, jpegs: readonly Buffer[]) {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(tables)) await writeFile(join(folder, name), text);
  for (let start = 0; start < images.length; start += filesAtOnce) {
    const batch = images.slice(start, start + filesAtOnce);
    await Promise.all(
      batch.map((name, at) => writeFile(join(folder, name), withComment(jpegs[(start + at) % jpegs.length]!, name))),
    );
  }
}

/** A JPEG with a comment segment (marker FE) behind its first marker. */
function withComment(jpeg: Buffer, text: string): Buffer {
  const comment = Buffer.from(text);
  const head = Buffer.from([0xff, 0xfe, (comment.length + 2) >> 8, (comment.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), head, comment, jpeg.subarray(2)]);
}
