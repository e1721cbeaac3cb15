import { memory, setBackend } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { createSilentContext } from '../foundation/createJobControl';
import { modelId } from '../foundation/ids';
import type { LabModel } from '../model/labModel';
import { colourDataset } from '../testing/colourDataset';
import { startWasmAndCpu } from '../testing/computeOn';
import { pooledFeatures } from './pooledFeatures';

beforeAll(async () => {
  await startWasmAndCpu();
  await setBackend('wasm');
});

/** Halves the image by pooling; the layer's maps are the colours of each quarter. */
function halvingModel(): LabModel {
  const network = sequential({
    layers: [
      layers.averagePooling2d({ name: 'half', poolSize: 2, inputShape: [4, 4, 3] }),
      layers.globalAveragePooling2d({ name: 'gap' }),
      layers.dense({ name: 'fc', units: 2 }),
    ],
  });
  return {
    id: modelId('half'),
    name: 'half',
    network,
    preprocessing: { imageSize: 4, mean: [0, 0, 0], std: [1, 1, 1] },
    classNames: ['a', 'b'],
    originalChannels: {},
  };
}

it('averages each channel over positions, in the order asked for, and leaves no tensor behind', async () => {
  const colours: [number, number, number][] = [
    [255, 0, 51],
    [0, 102, 0],
    [51, 51, 255],
  ];
  const dataset = colourDataset(
    colours.map((colour) => ({ colour, label: 0, group: 0, split: 0 })),
    4,
    ['a', 'b'],
  );
  const request = { model: halvingModel(), dataset, indices: [2, 0, 1], layer: 'half' };
  const features = await pooledFeatures(request, createSilentContext());
  expect(Array.from(features, (value) => Math.round(value * 255))).toEqual([51, 51, 255, 255, 0, 51, 0, 102, 0]);
  const { numTensors } = memory();
  await pooledFeatures(request, createSilentContext());
  expect(memory().numTensors).toBe(numTensors);
});
