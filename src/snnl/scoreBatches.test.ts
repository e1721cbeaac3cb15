import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import golden from '../testing/golden/snnl_dataset.json';
import { type ScoreBatch, scoreBatches } from './scoreBatches';
import { snnlPresets } from './snnlOptions';
import { cutVectorBatches, readSnnlDatasetVectors } from './snnlVectors';

const { paper } = snnlPresets;

beforeAll(async () => {
  setWasmPaths(`${wasmFolder()}/`);
  expect(await setBackend('wasm')).toBe(true);
});

/** Batches of 1×1 maps of one channel. */
async function* batchesOf(...batches: { maps: number[]; groups: number[] }[]): AsyncGenerator<ScoreBatch> {
  for (const { maps, groups } of batches) {
    yield { maps: tensor4d(maps, [maps.length, 1, 1, 1]), groups: Int32Array.from(groups) };
  }
}

const first = { maps: [0, 1, 2, 4], groups: [0, 0, 1, 1] };
const second = { maps: [0, 5, 1, 6], groups: [0, 0, 1, 1] };
const oneGroup = { maps: [1, 2, 3], groups: [1, 1, 1] };

/** Eq. 1 at T = 1 for `first`: squared distances 0-1: 1, 0-2: 4, 0-4: 16, 1-2: 1, 1-4: 9, 2-4: 4. */
const lossOfFirst = (() => {
  const e = (d: number) => Math.exp(-d);
  const shares = [
    e(1) / (e(1) + e(4) + e(16)),
    e(1) / (e(1) + e(1) + e(9)),
    e(4) / (e(4) + e(4) + e(1)),
    e(4) / (e(16) + e(9) + e(4)),
  ];
  return -shares.reduce((sum, share) => sum + Math.log(share), 0) / 4;
})();

describe('scoreBatches', () => {
  it.each(readSnnlDatasetVectors(golden).map((entry) => ({ ...entry, title: entry.name })))(
    'gives the known vector $title',
    async ({ images, options, expected, float32Tolerance }) => {
      const { scores } = await scoreBatches(tensorBatches(images, options), options);
      expect(scores).toHaveLength(expected.length);
      expected.forEach((value, channel) => {
        if (!Number.isFinite(value)) return expect(scores[channel]).toBe(value);
        const error = Math.abs(scores[channel]! - value) / Math.max(1, Math.abs(value));
        expect(error).toBeLessThanOrEqual(float32Tolerance);
      });
    },
  );

  it('leaves a batch of one group out of the mean, and counts it', async () => {
    const options = { ...paper, temperature: 1 };
    const found = await scoreBatches(batchesOf(first, oneGroup), options);
    expect(found).toMatchObject({ batchesUsed: 1, batchesWithoutScore: 1, imagesUsed: 4, mapHeight: 1, mapWidth: 1 });
    expect(found.scores[0]).toBeCloseTo(lossOfFirst, 5);
  });

  it('counts a batch of one group under the authors’ preset, whose self pair gives it a score', async () => {
    const found = await scoreBatches(batchesOf(first, oneGroup), snnlPresets['authors-code']);
    expect(found).toMatchObject({ batchesUsed: 2, batchesWithoutScore: 0, imagesUsed: 7 });
  });

  it('gives the standard error of the mean over two batches: half their difference', async () => {
    const options = { ...paper, temperature: 1 };
    const [a, b] = await Promise.all([first, second].map((batch) => scoreBatches(batchesOf(batch), options)));
    const both = await scoreBatches(batchesOf(first, second), options);
    const [x, y] = [a!.scores[0]!, b!.scores[0]!];
    expect(both.scores[0]).toBeCloseTo((x + y) / 2, 6);
    expect(both.standardErrors[0]).toBeCloseTo(Math.abs(x - y) / 2, 6);
    expect(a!.standardErrors).toEqual([null]);
  });

  it('reports the mean of the temperatures used', async () => {
    // Mean squared distances over six pairs: 35/6 and (25+1+36+16+1+25)/6.
    const { temperatures } = await scoreBatches(batchesOf(first, second), paper);
    expect(temperatures[0]).toBeCloseTo((35 / 6 + 104 / 6) / 2, 4);
  });

  it.each([
    ['no batch holds two groups', [oneGroup]],
    ['there is no batch', []],
    ['the maps are not numbers', [{ ...first, maps: [Number.NaN, 0, 1, 2] }]],
  ])('fails with no-score when %s', async (_, batches) => {
    await expect(scoreBatches(batchesOf(...batches), paper)).rejects.toMatchObject({ code: 'no-score' });
  });

  it('disposes of every batch, also when a later one fails', async () => {
    const before = memory().numTensors;
    await scoreBatches(batchesOf(first, oneGroup, second), paper);
    expect(memory().numTensors).toBe(before);
    const bad = { maps: [1, 2, 3], groups: [0, 1] };
    await expect(scoreBatches(batchesOf(first, bad), paper)).rejects.toMatchObject({ code: 'shape-mismatch' });
    expect(memory().numTensors).toBe(before);
  });
});

async function* tensorBatches(...[images, options]: Parameters<typeof cutVectorBatches>): AsyncGenerator<ScoreBatch> {
  for (const batch of cutVectorBatches(images, options)) {
    const shape: [number, number, number, number] = [batch.batch, batch.height, batch.width, batch.channels];
    yield { maps: tensor4d(Float32Array.from(batch.maps), shape), groups: Int32Array.from(batch.groups) };
  }
}
