import { memory, setBackend, tensor1d, tensor4d } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import type { Dataset } from '../dataset/stored/dataset';
import { createSilentContext } from '../foundation/createJobControl';
import { modelId } from '../foundation/ids';
import type { LabModel } from '../model/labModel';
import { colourDataset } from '../testing/colourDataset';
import { startWasmAndCpu } from '../testing/computeOn';
import { mapSkewness } from './mapSkewness';

beforeAll(async () => {
  await startWasmAndCpu();
  await setBackend('wasm');
});

/** Two images of 2 × 2 pixels. Red: 0 0 0 255 and 0 255 255 255; green: 0 0 255 255 in both; blue: even. */
function spottedDataset(): Dataset {
  const plain = colourDataset(
    [0, 1].map((group) => ({ colour: [0, 0, 0], label: 0, group: group as 0 | 1, split: 0 })),
    2,
    ['a', 'b'],
  );
  const images = [
    [0, 0, 7, 0, 0, 7, 0, 255, 7, 255, 255, 7],
    [0, 0, 9, 255, 0, 9, 255, 255, 9, 255, 255, 9],
  ];
  return { ...plain, readPixels: (indices) => Uint8Array.from(Array.from(indices, (index) => images[index]!).flat()) };
}

function passOnModel(): LabModel {
  const network = sequential({
    layers: [
      layers.conv2d({ name: 'conv', filters: 3, kernelSize: 1, inputShape: [2, 2, 3] }),
      layers.globalAveragePooling2d({ name: 'gap' }),
      layers.dense({ name: 'fc', units: 2 }),
    ],
  });
  network.getLayer('conv').setWeights([tensor4d([1, 0, 0, 0, -2, 0, 0, 0, 1], [1, 1, 3, 3]), tensor1d([0, 5, 0])]);
  return {
    id: modelId('spots'),
    name: 'spots',
    network,
    preprocessing: { imageSize: 2, mean: [0, 0, 0], std: [1, 1, 1] },
    classNames: ['a', 'b'],
    originalChannels: {},
  };
}

it('is the mean over images of the absolute skewness of each channel’s map, 0 for an even one', async () => {
  const request = { model: passOnModel(), dataset: spottedDataset(), indices: [0, 1], layer: 'conv' };
  const found = await mapSkewness(request, createSilentContext());
  // 0 0 0 1: mean 1/4, m₂ 3/16, m₃ (3·(-1/4)³ + (3/4)³)/4 = 3/32, g₁ = (3/32) / (3/16)^1.5 = 1.1547; 0 1 1 1: -1.1547.
  expect(found[0]).toBeCloseTo(1.154_700_5, 5);
  expect(found[1]).toBeCloseTo(0, 5);
  expect(found[2]).toBe(0);
});

it('leaves no tensor behind', async () => {
  const request = { model: passOnModel(), dataset: spottedDataset(), indices: [0, 1], layer: 'conv' };
  await mapSkewness(request, createSilentContext());
  const { numTensors } = memory();
  await mapSkewness(request, createSilentContext());
  expect(memory().numTensors).toBe(numTensors);
});
