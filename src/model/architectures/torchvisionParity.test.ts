import '@tensorflow/tfjs-backend-cpu';
import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { startWasmAndCpu } from '../../testing/computeOn';
import { fillWithWaves, wave } from '../../testing/fillWithWaves';
import { logitsOf } from '../../testing/goldenSurgery';
import { disposeModel } from '../disposeModel';
import { buildArchitecture } from './buildArchitecture';
import golden from './golden/logits.json';

const imageSize = 64;
const classNames = ['a', 'b', 'c', 'd', 'e'];

beforeAll(startWasmAndCpu);

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
  fillWithWaves(model.network);
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
