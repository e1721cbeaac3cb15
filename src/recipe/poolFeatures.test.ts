import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '../foundation/createJobControl';
import { colourDataset } from '../testing/colourDataset';
import { colourModel } from '../testing/colourModel';
import { startWasmAndCpu } from '../testing/computeOn';
import { poolFeatures } from './poolFeatures';

beforeAll(() => startWasmAndCpu());

const dataset = colourDataset(
  [
    { colour: [255, 0, 51], label: 0, group: 0, split: 1 },
    { colour: [0, 102, 0], label: 1, group: 1, split: 1 },
    { colour: [204, 0, 0], label: 1, group: 1, split: 1 },
  ],
  4,
  ['c0', 'c1'],
);
const kernel = [
  [1, 0],
  [0, 1],
  [2, 2],
];
const pool = (layer: string) =>
  poolFeatures({ model: colourModel(kernel, 4), dataset, layer, indices: [1, 0] }, createSilentContext());

describe('poolFeatures', () => {
  it('averages maps over their positions, in the order of the indices', async () => {
    const features = await pool('gap');
    const wanted = [0, 0.4, 0, 1, 0, 0.2];
    expect(features).toHaveLength(6);
    for (const [i, value] of wanted.entries()) expect(features[i]).toBeCloseTo(value, 6);
  });

  it('leaves no tensor behind, and names a layer that is not there', async () => {
    const model = colourModel(kernel, 4);
    const target = { model, dataset, layer: 'gap', indices: [0, 1, 2] };
    const before = memory().numTensors;
    await poolFeatures(target, createSilentContext());
    expect(memory().numTensors).toBe(before);
    await expect(poolFeatures({ ...target, layer: 'conv9' }, createSilentContext())).rejects.toMatchObject({
      code: 'layer-not-found',
    });
  });
});
