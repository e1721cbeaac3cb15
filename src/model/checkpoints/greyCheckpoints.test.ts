import '@tensorflow/tfjs-backend-cpu';
import { readFile } from 'node:fs/promises';
import { setBackend, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { pixelsToInput } from '../../dataset/batches/readBatch';
import { disposeModel } from '../disposeModel';
import { readModelFiles } from '../readModelFiles';
import expected from './fixtures/greyLogits.json';

const imageSize = 32;

beforeAll(async () => {
  await setBackend('cpu');
});

/** The images of `makeGrey.py`, in colour. */
function pixels(): Uint8Array {
  return Uint8Array.from({ length: 2 * imageSize * imageSize * 3 }, (_, i) => (7 * i * i + 13 * i) % 251);
}

const sequential = {
  order: 'sequential',
  activation: 'relu',
  reduction: 'average',
  padding: 'half',
  strides: '1',
  pools: '1,2,3',
  pool: 'max-2',
};

it.each([
  ['grey-small-cnn.pt', sequential],
  ['grey-resnet18.pt', 'usual'],
] as const)(
  '%s, fed with images in colour, gives the logits of PyTorch behind Pillow’s convert("L")',
  async (path, answers) => {
    const bytes = new Uint8Array(await readFile(new URL(`fixtures/${path}`, import.meta.url)));
    const model = await readModelFiles([{ path, bytes }], { imageSize, answers });
    expect(model.preprocessing).toEqual({ imageSize, mean: [0], std: [1], channelOrder: 'grey' });
    const logits = tidy(() =>
      (model.network.predict(pixelsToInput(pixels(), model.preprocessing)) as Tensor2D).arraySync(),
    );
    const due = expected[path];
    const largest = Math.max(...due.flat().map(Math.abs));
    const errors = logits.flatMap((row, i) => row.map((logit, j) => Math.abs(logit - due[i]![j]!)));
    expect(Math.max(...errors) / largest).toBeLessThan(1e-4);
    disposeModel(model);
  },
);
