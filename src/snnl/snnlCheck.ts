import { type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import constants from '../compute/selfTest/golden/constants.json';
import type { SelfTestCheck } from '../compute/selfTest/selfTestCheck';
import { wave } from '../compute/selfTest/wave';
import { snnlBatch } from './snnlBatch';
import { type SnnlOptions, snnlPresets } from './snnlOptions';

const groups = Uint8Array.of(0, 1, 0, 0, 1, 0, 1);

/** The score of four channels on seven images, by both distances: part of the self-test of a device. */
export const snnlCheck: SelfTestCheck = {
  name: 'SNNL',
  expected: constants.SNNL,
  compute: async () => ({
    'cosine distance, T 0.1': await losses({ distance: 'cosine', temperature: 0.1 }),
    'squared Euclidean distance, T 2': await losses({ distance: 'squared-euclidean', temperature: 2 }),
  }),
};

async function losses(choice: Pick<SnnlOptions, 'distance' | 'temperature'>): Promise<Float32Array> {
  const maps = tensor(wave(7 * 3 * 3 * 4, 1), [7, 3, 3, 4]) as Tensor4D;
  try {
    return (await snnlBatch(maps, groups, { ...snnlPresets.paper, ...choice })).losses;
  } finally {
    maps.dispose();
  }
}
