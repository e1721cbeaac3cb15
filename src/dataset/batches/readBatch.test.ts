import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { createRandom } from '../../foundation/random';
import { makeTestFields } from '../../testing/dataset/makeTestFields';
import type { Dataset } from '../stored/dataset';
import { openDataset } from '../stored/openDataset';
import { storeDataset } from '../stored/storeDataset';
import { authorsAugmentation, noAugmentation } from './augmentation/augmentationPresets';
import { pixelsToInput, readBatch } from './readBatch';

const scaling = { imageSize: 2, mean: [0.5, 0.25, 0] as const, std: [0.5, 0.25, 2] as const };

let dataset: Dataset;

beforeAll(async () => {
  await setBackend('cpu');
  const store = createMemoryFileStore();
  const pixels = Uint8Array.from({ length: 4 * 12 }, (_, i) => (i % 12 === 0 ? 255 : Math.floor(i / 12)));
  dataset = await openDataset(store, (await storeDataset(store, makeTestFields(4, 2), pixels)).id);
});

describe('readBatch', () => {
  it('computes (pixel / 255 - mean) / std per colour channel, in the order of the indices', async () => {
    const batch = readBatch(dataset, [2, 0, 2], scaling);
    expect(batch.shape).toEqual([3, 2, 2, 3]);
    expect(batch.dtype).toBe('float32');
    const values = await batch.data();
    batch.dispose();
    // First pixel of sample 2: 255, 2, 2.
    expect(values[0]).toBeCloseTo((1 - 0.5) / 0.5, 6);
    expect(values[1]).toBeCloseTo((2 / 255 - 0.25) / 0.25, 6);
    expect(values[2]).toBeCloseTo(2 / 255 / 2, 6);
    // Sample 0 is all 0 but its first value.
    expect(values[12]).toBeCloseTo(1, 6);
    expect(values[15]).toBeCloseTo(-1, 6);
    expect(values.slice(24)).toEqual(values.slice(0, 12));
  });

  it('leaves one tensor behind, for the caller', () => {
    const before = memory().numTensors;
    const batch = readBatch(dataset, [0], scaling);
    expect(memory().numTensors).toBe(before + 1);
    batch.dispose();
  });

  it('augments before it scales', async () => {
    const settings = { ...noAugmentation.settings, horizontalFlip: true };
    const batch = readBatch(
      dataset,
      Array.from({ length: 40 }, () => 0),
      scaling,
      { settings, random: createRandom(1) },
    );
    const values = await batch.data();
    batch.dispose();
    const lit = Array.from({ length: 40 }, (_, i) => [values[i * 12]!, values[i * 12 + 3]!]);
    expect(lit.every(([left, right]) => (left === 1) !== (right === 1))).toBe(true);
    expect(new Set(lit.map(([left]) => left)).size).toBe(2);
  });

  it('leaves the stored pixels and the labels as they are', async () => {
    const labels = [...dataset.manifest.samples.labels];
    const augmentation = { settings: authorsAugmentation.settings, random: createRandom(1) };
    readBatch(dataset, [0, 1, 2, 3], scaling, augmentation).dispose();
    expect(dataset.manifest.samples.labels).toEqual(labels);
    expect([...dataset.readPixels([2])]).toEqual([255, ...Array<number>(11).fill(2)]);
  });

  it('refuses images of another size than the network takes, and names both', () => {
    expect(() => readBatch(dataset, [0], { ...scaling, imageSize: 64 })).toThrow(
      expect.objectContaining({ code: 'shape-mismatch', details: { expected: 64, found: 2 } }),
    );
  });
});

describe('pixelsToInput', () => {
  it('feeds one channel with the grey that Pillow’s convert("L") gives, scaled by one mean and std', async () => {
    // Pillow 9: Image.new('RGB', …).convert('L') of these eight pixels, of which one is grey already.
    const pixels = [
      [255, 0, 0, 76],
      [0, 255, 0, 150],
      [0, 0, 255, 29],
      [10, 200, 30, 124],
      [123, 77, 3, 82],
      [1, 2, 3, 2],
      [90, 90, 90, 90],
      [254, 255, 253, 254],
    ];
    const grey = { imageSize: 2, mean: [0.5], std: [0.25], channelOrder: 'grey' } as const;
    const input = pixelsToInput(Uint8Array.from(pixels.flatMap((pixel) => pixel.slice(0, 3))), grey);
    expect(input.shape).toEqual([2, 2, 2, 1]);
    const values = await input.data();
    input.dispose();
    for (const [i, [, , , luminance]] of pixels.entries()) {
      expect(values[i]).toBeCloseTo((luminance! / 255 - 0.5) / 0.25, 6);
    }
  });
});
