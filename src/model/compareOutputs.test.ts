import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareOutputs } from './compareOutputs';
import type { LostEnd } from './endInLogits';
import { disposeNetwork } from './network/disposeNetwork';

beforeAll(async () => {
  await setBackend('cpu');
});

interface Head {
  /** What a white pixel of 1 gives for the two classes; a pixel of 0 gives nothing. */
  weights: [number, number];
  activation?: 'linear' | 'softmax';
  size?: number;
  flatten?: boolean;
}

/** The mean of all pixels, or all pixels, times the weights. */
function network({ weights, activation = 'linear', size = 40, flatten = false }: Head): LayersModel {
  const made = sequential();
  const inputShape = [size, size, 3];
  made.add(flatten ? layers.flatten({ inputShape }) : layers.globalAveragePooling2d({ inputShape }));
  made.add(layers.dense({ units: 2, activation, useBias: false }));
  const rows = flatten ? 3 * size * size : 3;
  tidy(() => made.setWeights([tensor(Array.from({ length: rows }, () => weights))]));
  return made;
}

async function compare(plain: Head, rewritten: Head, lost?: LostEnd): Promise<boolean> {
  const before = memory().numTensors;
  const networks = [network(plain), network(rewritten)] as const;
  let isCompared: boolean;
  try {
    isCompared = await compareOutputs('model.json', networks[0], { network: networks[1], lost });
  } finally {
    for (const made of networks) disposeNetwork(made);
  }
  expect(memory().numTensors).toBe(before);
  return isCompared;
}

const refusal = { code: 'model-unreadable', message: expect.stringContaining('gives other outputs') };

describe('compareOutputs', () => {
  it.each<[string, Head, Head, LostEnd?]>([
    ['equal outputs', { weights: [1, 2] }, { weights: [1, 2] }],
    ['outputs that differ by less than 1e-5 of the largest', { weights: [1, 2] }, { weights: [1, 2.000_01] }],
    ['logits of the probabilities', { weights: [1, 2], activation: 'softmax' }, { weights: [1, 2] }, 'softmax'],
    ['logits moved by a constant', { weights: [1, 2], activation: 'softmax' }, { weights: [5, 6] }, 'softmax'],
    ['layers that take one size alone', { weights: [1, 2], flatten: true }, { weights: [1, 2], flatten: true }],
  ])('lets %s through', async (_what, plain, rewritten, lost) => {
    await expect(compare(plain, rewritten, lost)).resolves.toBe(true);
  });

  it('says when there is nothing to compare with: the network in the files gives no numbers', async () => {
    const broken: Head = { weights: [Number.NaN, Number.NaN] };
    await expect(compare(broken, broken)).resolves.toBe(false);
  });

  it.each<[string, Head, Head, LostEnd?]>([
    ['outputs that differ by 1e-4', { weights: [1, 2] }, { weights: [1, 2.0002] }],
    ['outputs that are no numbers', { weights: [1, 2] }, { weights: [1, Number.NaN] }],
    ['probabilities where logits are due', { weights: [1, 2], activation: 'softmax' }, { weights: [1, 2] }],
    [
      'logits that differ where the probabilities are 0 and 1',
      { weights: [0, 0.3], activation: 'softmax' },
      { weights: [0, 0.4] },
      'softmax',
    ],
    ['a network that takes other images', { weights: [1, 2] }, { weights: [1, 2], flatten: true, size: 39 }],
  ])('refuses %s', async (_what, plain, rewritten, lost) => {
    await expect(compare(plain, rewritten, lost)).rejects.toMatchObject(refusal);
  });
});
