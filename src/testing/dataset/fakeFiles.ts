import type { GivenFile } from '../../dataset/files/sourceFile';
import type { DecodeImage } from '../../dataset/images/decodeImage';
import type { JoinPlan } from '../../dataset/tables/joinPlan';
import { createRandom } from '../../foundation/random';

/** A file with a path, for tests. */
export function fakeFile(path: string, content: string | Uint8Array<ArrayBuffer>): GivenFile {
  return { path, file: new Blob([content]) };
}

/**
 * Stands in for the browser's decoder: the first byte of the picture is the first byte of the file, the rest is noise that
 * follows from it, so that no two look the same; `!` is a broken file.
 */
export const fakeDecode: DecodeImage = async (blob, size) => {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  if (bytes[0] === '!'.charCodeAt(0)) throw new Error('broken on purpose');
  const random = createRandom(bytes[0]!, 'picture');
  return Uint8Array.from({ length: size * size * 3 }, (_, at) => (at === 0 ? bytes[0]! : random.integer(256)));
};

/** `labels.csv` with a column `image`. */
export const imageJoin: JoinPlan = { table: 'labels.csv', imageColumns: ['image'], joins: [] };

/** Rows and images of `count` samples: classes mel and nv, sexes in turns of two. Image i holds byte 65 + i. */
export function fakeSet(count: number): { rows: string[]; images: GivenFile[] } {
  const rows: string[] = [];
  const images: GivenFile[] = [];
  for (let i = 0; i < count; i++) {
    rows.push(`img${i},${i % 2 ? 'nv' : 'mel'},${i % 4 < 2 ? 'female' : 'male'}`);
    images.push(fakeFile(`photos/img${i}.jpg`, String.fromCharCode(65 + i)));
  }
  return { rows, images };
}

export function fakeTable(header: string, rows: readonly string[], path = 'labels.csv'): GivenFile {
  return fakeFile(path, [header, ...rows].join('\n'));
}
