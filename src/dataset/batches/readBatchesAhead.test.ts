import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { colourDataset } from '../../testing/colourDataset';
import type { Dataset } from '../stored/dataset';
import { readBatchesAhead } from './readBatchesAhead';

const scaling = { imageSize: 1, mean: [0, 0, 0] as const, std: [1, 1, 1] as const };
const greys = [0, 51, 102, 153, 204];
const inner = colourDataset(
  greys.map((grey) => ({ colour: [grey, grey, grey] as const, label: 0, group: 0 as const, split: 0 as const })),
  1,
  ['a'],
);
/** Which samples have been read, in order. */
let readSoFar: number[];
const dataset: Dataset = {
  manifest: inner.manifest,
  readPixels(indices) {
    readSoFar.push(...Array.from(indices));
    return inner.readPixels(indices);
  },
};

beforeAll(() => setBackend('cpu'));
beforeEach(() => {
  readSoFar = [];
});

const aTurn = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('readBatchesAhead', () => {
  it('gives every batch in order, and has read the next one when the caller has waited', async () => {
    const seen: number[] = [];
    const readThen: number[][] = [];
    for await (const images of readBatchesAhead(dataset, [[4, 0], [1, 2], [3]], scaling)) {
      for (const value of (await images.data()).filter((_, at) => at % 3 === 0)) seen.push(Math.round(value * 5));
      images.dispose();
      await aTurn();
      readThen.push([...readSoFar]);
    }
    expect(seen).toEqual([4, 0, 1, 2, 3]);
    expect(readThen).toEqual([
      [4, 0, 1, 2],
      [4, 0, 1, 2, 3],
      [4, 0, 1, 2, 3],
    ]);
  });

  it('leaves no tensor behind when the caller stops early', async () => {
    const before = memory().numTensors;
    for await (const images of readBatchesAhead(dataset, [[0], [1], [2]], scaling)) {
      images.dispose();
      break;
    }
    await aTurn();
    expect(memory().numTensors).toBe(before);
    expect(readSoFar).toEqual([0, 1]);
  });

  it('fails with the batch that cannot be read, not before', async () => {
    const broken: Dataset = {
      ...dataset,
      readPixels(indices) {
        if (indices[0] === 1) throw new Error('damaged');
        return inner.readPixels(indices);
      },
    };
    const seen: number[] = [];
    const readAll = async () => {
      for await (const images of readBatchesAhead(broken, [[0], [1], [2]], scaling)) {
        seen.push(images.shape[0]);
        images.dispose();
      }
    };
    await expect(readAll()).rejects.toThrow('damaged');
    expect(seen).toEqual([1]);
  });
});
