import '@tensorflow/tfjs-backend-cpu';
import { type Tensor4D, tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { startWasmAndCpu } from '../../testing/computeOn';
import { logitsOf } from '../../testing/goldenSurgery';
import { disposeModel } from '../disposeModel';
import type { LabModel } from '../labModel';
import { layerWeights, sizeOf } from '../network/layerWeights';
import { buildArchitecture } from './buildArchitecture';
import golden from './golden/logits.json';

const imageSize = 64;
const classNames = ['a', 'b', 'c', 'd', 'e'];

beforeAll(startWasmAndCpu);

/** The weights of `golden/makeLogits.py`. */
function fillWithWaves({ network }: LabModel): void {
  tidy(() => {
    for (const layer of network.layers) {
      const values = layerWeights(layer).map(({ name, shape }) =>
        tensor(
          wave(sizeOf(shape), `${layer.name}/${name}`).map((value) => scaled(name, value, shape)),
          shape,
        ),
      );
      layer.setWeights(values);
    }
  });
}

function scaled(weight: string, value: number, shape: number[]): number {
  if (weight === 'kernel') return value * Math.sqrt(2 / sizeOf(shape.slice(0, -1)));
  if (weight === 'moving_variance') return 1.5 + 0.5 * value;
  return weight === 'gamma' ? 1 + 0.5 * value : value;
}

function wave(count: number, name: string): number[] {
  const phase = Array.from(name).reduce((sum, character) => sum + character.charCodeAt(0), 0);
  return Array.from({ length: count }, (_, i) => Math.sin(0.37 * i * i + 1.7 * i + phase));
}

it.each(['vgg11', 'vgg11-bn', 'resnet18'] as const)('%s gives the logits of torchvision’s network', (name) => {
  const model = buildArchitecture(
    { name, imageSize, classCount: 5, widthMultiplier: 1 / 8, seed: 1 },
    {
      id: modelId(name),
      name,
      classNames,
      preprocessing: { imageSize, mean: [0, 0, 0], std: [1, 1, 1] },
    },
  );
  fillWithWaves(model);
  const images: Tensor4D = tensor4d(wave(2 * imageSize * imageSize * 3, ''), [2, imageSize, imageSize, 3]);
  const expected = golden[name];
  const scale = Math.max(...expected.flat().map(Math.abs));
  const found = logitsOf(model, images);
  for (const [image, logits] of expected.entries()) {
    for (const [index, logit] of logits.entries()) {
      expect(Math.abs(found[image]![index]! - logit) / scale).toBeLessThan(1e-4);
    }
  }
  images.dispose();
  disposeModel(model);
});
