import { strToU8, zipSync } from 'fflate';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../../foundation/createJobControl';
import { cellText } from '../../tables/table';
import { fakeFile, fakeTable } from '../../testing/dataset/fakeFiles';
import { inspectFiles } from '../suggest/inspectFiles';
import { readNpz } from './readNpz';

/** A NumPy array as `numpy.save` writes it, version 1: header padded to 64 bytes. */
function npy(type: string, shape: number[], values: Uint8Array, order = 'False'): Uint8Array {
  const dims = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': ${order}, 'shape': (${dims}), }`;
  const header = strToU8(`${text.padEnd(64 - 10 - 1)}\n`);
  return Uint8Array.from([
    0x93,
    ...strToU8('NUMPY'),
    1,
    0,
    header.length & 255,
    header.length >> 8,
    ...header,
    ...values,
  ]);
}

const bytes = (count: number) => Uint8Array.from({ length: count }, (_, i) => (i * 7) & 255);
const good = {
  'train_images.npy': npy('|u1', [4, 2, 2, 3], bytes(48)),
  'train_labels.npy': npy('|u1', [4, 1], Uint8Array.from([0, 1, 1, 6])),
  'test_images.npy': npy('|u1', [2, 2, 2], bytes(8)),
  'test_labels.npy': npy('<i8', [2], Uint8Array.from([3, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255])),
};

function source(files: Record<string, Uint8Array>) {
  const { path, file } = fakeFile('dermamnist.npz', zipSync(files));
  return { path, sizeBytes: file.size, read: async () => file };
}

describe('readNpz', () => {
  it('gives each image as a lossless PNG, with its label and split', async () => {
    const { images, table } = await readNpz(source(good));
    expect(images.map(({ path }) => path)).toEqual([
      ...[0, 1, 2, 3].map((i) => `dermamnist.npz/train_${i}.png`),
      ...[0, 1].map((i) => `dermamnist.npz/test_${i}.png`),
    ]);
    const rows = Array.from({ length: table.rowCount }, (_, row) =>
      table.columns.map((column) => cellText(column, row)),
    );
    expect(rows.map(([, label, split]) => `${label} ${split}`)).toEqual([
      '0 train',
      '1 train',
      '1 train',
      '6 train',
      '3 test',
      '-1 test',
    ]);
    const colour = PNG.sync.read(Buffer.from(await (await images[1]!.read()).arrayBuffer()));
    expect([colour.width, colour.height]).toEqual([2, 2]);
    expect([...colour.data.subarray(0, 4)]).toEqual([84, 91, 98, 255]);
    const grey = PNG.sync.read(Buffer.from(await (await images[5]!.read()).arrayBuffer()));
    expect([...grey.data.subarray(0, 8)]).toEqual([28, 28, 28, 255, 35, 35, 35, 255]);
  });

  it.each<[string, Record<string, Uint8Array>, RegExp]>([
    ['no images', { 'x.npy': npy('|u1', [1], bytes(1)) }, /no train_images and train_labels, but: x/],
    ['labels missing', { 'train_images.npy': good['train_images.npy'] }, /not both there/],
    ['numbers that are no pixels', { ...good, 'train_images.npy': npy('<f4', [4, 2, 2], bytes(64)) }, /<f4 of shape 4/],
    ['columns first', { ...good, 'train_images.npy': npy('|u1', [4, 2, 2, 3], bytes(48), 'True') }, /not 8-bit images/],
    [
      'a shape that the bytes do not fill',
      { ...good, 'train_images.npy': npy('|u1', [9, 2, 2, 3], bytes(48)) },
      /48 bytes of values, where its shape needs 108/,
    ],
    [
      'a shape that no machine could hold',
      { ...good, 'train_images.npy': npy('|u1', [2 ** 40, 99, 99, 3], bytes(4)) },
      /its shape needs/,
    ],
    [
      'labels of other length',
      { ...good, 'train_labels.npy': npy('|u1', [3], bytes(3)) },
      /not one whole number for each of 4/,
    ],
    [
      'objects, which would have to be run',
      { ...good, 'train_labels.npy': npy('|O', [4], bytes(8)) },
      /no plain NumPy array/,
    ],
    ['something else', { ...good, 'train_labels.npy': strToU8('<html>') }, /no plain NumPy array/],
  ])('refuses %s by name', async (_, files, message) => {
    await expect(readNpz(source(files))).rejects.toMatchObject({
      code: 'table-unreadable',
      message: expect.stringMatching(message),
      details: { file: 'dermamnist.npz' },
    });
  });

  it('takes its sensitive attribute from a table beside it, by the names of the images', async () => {
    const side = fakeTable(
      'image,skin',
      ['train_0,dark', 'train_1,light', 'train_2,dark', 'train_3,light'],
      'side.csv',
    );
    const archive = fakeFile('dermamnist.npz', zipSync(good));
    const { summary } = await inspectFiles([archive, side], createSilentContext());
    expect(summary).toMatchObject({ imageCount: 6, format: { name: 'MedMNIST' } });
    expect(summary.suggestion).toMatchObject({
      mapping: { label: { columns: ['label'] }, group: { column: 'skin' }, givenSplit: { column: 'split' } },
    });
  });
});
