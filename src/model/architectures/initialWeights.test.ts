import '@tensorflow/tfjs-backend-cpu';
import { createHash } from 'node:crypto';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { disposeModel } from '../disposeModel';
import type { PublishedArchitecture } from '../labModel';
import { layerWeights } from '../network/layerWeights';
import { buildArchitecture } from './buildArchitecture';

beforeAll(async () => {
  await setBackend('cpu');
});

/** SHA-256 over name, shape and float32 bytes of every weight in turn. */
function hashWeights(spec: PublishedArchitecture): string {
  const model = buildArchitecture(spec, {
    id: modelId('m'),
    name: 'm',
    classNames: ['a', 'b', 'c', 'd', 'e'],
    preprocessing: { imageSize: spec.imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
  });
  const hash = createHash('sha256');
  for (const layer of model.network.layers) {
    for (const { fileName, shape, value } of layerWeights(layer)) {
      hash.update(`${fileName} ${shape.join('×')}`);
      hash.update(new Uint8Array((value.dataSync() as Float32Array).slice().buffer));
    }
  }
  disposeModel(model);
  return hash.digest('hex').slice(0, 16);
}

const narrow = { imageSize: 64, classCount: 5, widthMultiplier: 1 / 8, seed: 3 };

// Written with the builders of version 0.1.0 as they were before plans: weights of stored trainings and of the demo.
it.each<[string, PublishedArchitecture]>([
  ['9c2832ef269573dd', { ...narrow, name: 'small-cnn', widthMultiplier: 1, seed: 1 }],
  ['b2e1292ca709f6ad', { ...narrow, name: 'small-cnn', head: 'dense' }],
  ['a4fc0974b6d6109b', { ...narrow, name: 'vgg11' }],
  ['492a5704184f8d57', { ...narrow, name: 'vgg11', head: 'dense' }],
  ['88dc6cedf8503280', { ...narrow, name: 'vgg11-bn' }],
  ['24d0aa54a11fc549', { ...narrow, name: 'resnet18' }],
])('begins from the weights %s, for %o', (expected, spec) => {
  expect(hashWeights(spec)).toBe(expected);
});
