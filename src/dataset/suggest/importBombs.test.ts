import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../../foundation/createJobControl';
import { LabError } from '../../foundation/labError';
import { fakeFile } from '../../testing/dataset/fakeFiles';
import { inspectFiles } from './inspectFiles';

const mostMs = 5000;
const mostBytes = 700 * 2 ** 20;

/** Looks at a file that may be made to do harm, and gives the error that it ended in. */
async function refusal(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<LabError> {
  const [start, before] = [performance.now(), process.memoryUsage().rss];
  try {
    await inspectFiles([fakeFile(path, bytes)], createSilentContext());
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  } finally {
    expect(performance.now() - start).toBeLessThan(mostMs);
    expect(process.memoryUsage().rss - before).toBeLessThan(mostBytes);
  }
  throw new Error('It was read.');
}

const rows = (count: number) => strToU8(`image,dx,sex\n${'a.jpg,mel,female\n'.repeat(count)}`);

/** A NumPy array of uint8 as it is stored. */
function npy(shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117);
  const bytes = new Uint8Array(128 + shape.reduce((product, side) => product * side, 1));
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0]);
  bytes.set(strToU8(`${text}\n`), 10);
  return bytes;
}

describe('archives that are made to cost time and memory', () => {
  it('refuses a table of 170 MB in half a megabyte before it is unpacked, with the limit', async () => {
    const zip = zipSync({ 'labels.csv': rows(10_000_000) }, { level: 9 });
    expect(zip.length).toBeLessThan(600_000);
    expect(await refusal('set.zip', zip)).toMatchObject({
      code: 'table-unreadable',
      details: { file: 'set.zip/labels.csv', limit: 'packing', most: 100 },
    });
  });

  it('refuses a table of 100 MB in one line', async () => {
    const zip = zipSync({ 'labels.csv': new Uint8Array(100_000_000).fill(0x61) }, { level: 9 });
    expect(await refusal('set.zip', zip)).toMatchObject({ details: { limit: 'packing' } });
  });

  it('refuses a zip in a zip that holds next to nothing', async () => {
    const inner = zipSync({ 'a.png': new Uint8Array(60_000_000) }, { level: 0 });
    expect(await refusal('set.zip', zipSync({ 'inner.zip': inner }, { level: 9 }))).toMatchObject({
      code: 'zip-unreadable',
      details: { file: 'set.zip/inner.zip' },
    });
  });

  it('refuses a NumPy archive of more images than any set has, by their number', async () => {
    const npz = zipSync({ 'train_images.npy': npy([3_000_000, 1, 1]), 'train_labels.npy': npy([3_000_000]) });
    expect(await refusal('set.npz', npz)).toMatchObject({
      code: 'table-unreadable',
      message: expect.stringContaining('3000000 images'),
    });
  });

  it('reads no more than a thousand tables', async () => {
    const tables = Object.fromEntries(Array.from({ length: 1500 }, (_, n) => [`${n}.csv`, rows(2)]));
    const { summary } = await inspectFiles([fakeFile('set.zip', zipSync(tables, { level: 0 }))], createSilentContext());
    expect(summary.tables).toHaveLength(1000);
    expect(summary.findings.find(({ kind }) => kind === 'table-unreadable')?.count).toBe(500);
  });
});
