import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import golden from '../testing/golden/surgery.json';
import { goldenSurgery } from '../testing/goldenSurgery';
import { kernelOf } from './kernelOf';

it('gives the kernel of a convolution with its channels last', async () => {
  const { shape, data } = golden.cases[0]!.weights['conv2/kernel']!;
  expect(await kernelOf(goldenSurgery('vgg_flatten').model, 'conv2')).toEqual({ shape, data: Float32Array.from(data) });
});

it('refuses a layer that makes no channels', async () => {
  await expect(kernelOf(goldenSurgery('vgg_flatten').model, 'relu2')).rejects.toThrow(
    expect.objectContaining({ code: 'layer-not-prunable' }),
  );
});
