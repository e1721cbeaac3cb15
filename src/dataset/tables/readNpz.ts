import { createTableBuilder } from '../../tables/createTableBuilder';
import type { Table } from '../../tables/table';
import { tableUnreadable } from '../../tables/tableUnreadable';
import { encodePng } from '../files/encodePng';
import { importLimits } from '../files/importLimits';
import type { SourceFile } from '../files/sourceFile';
import { type NpyArray, openNpz } from './openNpz';

/** The images of a NumPy archive as if they were files, and the table that its arrays make. */
export interface NpzImages {
  table: Table;
  images: SourceFile[];
}

const parts = ['train', 'val', 'test'] as const;
const largestSide = 4096;
const channelCounts = [1, 3, 4];

export function isNpz(path: string): boolean {
  return /\.npz$/i.test(path);
}

/**
 * Reads an archive of MedMNIST's kind: `train_images` (n × height × width, or × channels, uint8) with `train_labels` (n or
 * n × 1 whole numbers), and the same for `val` and `test`, as far as they are there. Images are named `train_0`, `val_0`
 * and so on, so that a table beside the archive can add a sensitive attribute; pixels are read when they are asked for.
 *
 * @throws LabError `table-unreadable`, naming the array and what is wrong with it; `zip-unreadable`
 */
export async function readNpz(source: SourceFile): Promise<NpzImages> {
  const arrays = await openNpz(source);
  const builder = createTableBuilder(source.path, ['image', 'label', 'split']);
  const images: SourceFile[] = [];
  for (const part of parts) {
    const pixels = arrays.get(`${part}_images`);
    const labels = arrays.get(`${part}_labels`);
    if (!pixels && !labels) continue;
    if (!pixels || !labels) throw unreadable(source, `${part}_images and ${part}_labels are not both there`);
    const { count, height, width, channels } = imageShape(source, pixels);
    if (images.length + count > importLimits.files) {
      const most = importLimits.files.toLocaleString('en-GB');
      throw unreadable(
        source,
        `with ${pixels.name} it holds ${images.length + count} images, and at most ${most} are read`,
      );
    }
    const values = await readLabels(source, labels, count);
    for (let index = 0; index < count; index++) {
      const path = `${source.path}/${part}_${index}.png`;
      const bytes = height * width * channels;
      const read = async () => encodePng(await pixels.read(index * bytes, bytes), width, height, channels);
      images.push({ path, sizeBytes: bytes, read });
      builder.add([path, values[index]!, part], images.length);
    }
  }
  if (images.length === 0) {
    throw unreadable(
      source,
      `it has no train_images and train_labels, but: ${[...arrays.keys()].join(', ') || 'nothing'}`,
    );
  }
  return { table: builder.finish(), images };
}

function imageShape(source: SourceFile, { name, header: { type, shape, isFortranOrder } }: NpyArray) {
  const [count = 0, height = 0, width = 0, channels = 1] = shape;
  const isImages =
    (shape.length === 3 || shape.length === 4) && channelCounts.includes(channels) && height >= 1 && width >= 1;
  if (type !== '|u1' || isFortranOrder || !isImages || height > largestSide || width > largestSide) {
    throw unreadable(
      source,
      `${name} holds ${type} of shape ${shape.join(' × ')}, not 8-bit images one after the other`,
    );
  }
  return { count, height, width, channels };
}

const wholeNumbers: Record<string, (view: DataView, at: number) => number | bigint> = {
  u1: (view, at) => view.getUint8(at),
  i1: (view, at) => view.getInt8(at),
  u2: (view, at) => view.getUint16(at, true),
  i2: (view, at) => view.getInt16(at, true),
  u4: (view, at) => view.getUint32(at, true),
  i4: (view, at) => view.getInt32(at, true),
  u8: (view, at) => view.getBigUint64(at, true),
  i8: (view, at) => view.getBigInt64(at, true),
};

async function readLabels(source: SourceFile, array: NpyArray, count: number): Promise<string[]> {
  const { type, shape } = array.header;
  const read = type.startsWith('>') ? undefined : wholeNumbers[type.slice(1)];
  const perImage = shape.slice(1).reduce((product, size) => product * size, 1);
  if (!read || shape[0] !== count || perImage !== 1) {
    const found = `${type} of shape ${shape.join(' × ')}`;
    throw unreadable(source, `${array.name} holds ${found}, not one whole number for each of ${count} images`);
  }
  const bytesEach = Number(type.slice(2));
  const bytes = await array.read(0, count * bytesEach);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, index) => String(read(view, index * bytesEach)));
}

function unreadable(source: SourceFile, what: string) {
  return tableUnreadable(source.path, what, {});
}
