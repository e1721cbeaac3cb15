import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { buildArchitecture } from './buildArchitecture';

beforeAll(async () => {
  await setBackend('cpu');
});

function build(imageSize: number, widthMultiplier: number) {
  return buildArchitecture(
    { name: 'resnet18', imageSize, classCount: 2, widthMultiplier, seed: 1 },
    {
      id: modelId('resnet'),
      name: 'ResNet-18',
      classNames: ['a', 'b'],
      preprocessing: { imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    },
  );
}

const sidesOf = (kind: string, all: layers.Layer[]) =>
  all.filter((layer) => layer.getClassName() === kind).map(({ outputShape }) => (outputShape as number[])[1]);

it('has torchvision’s layout: 20 convolutions, 8 additions, maps of 112, 56, 28, 14 and 7 at 224 pixels', () => {
  const { network } = build(224, 1);
  expect(sidesOf('Conv2D', network.layers)).toEqual(
    // The stem; stage 1; then for each stage the halving block with its skip, and the second block.
    [112, 56, 56, 56, 56, ...[28, 14, 7].flatMap((side) => Array.from({ length: 5 }, () => side))],
  );
  expect(sidesOf('MaxPooling2D', network.layers)).toEqual([56]);
  expect(sidesOf('Add', network.layers)).toEqual([56, 56, 28, 28, 14, 14, 7, 7]);
  network.dispose();
});

it('has torchvision’s parameters: 11,689,512 with 1,000 classes, of which 513,000 are the head’s', () => {
  const { network } = build(64, 1);
  const trainable = network.trainableWeights.reduce(
    (count, { shape }) => count + shape.reduce<number>((product, side) => product * side!, 1),
    0,
  );
  expect(trainable).toBe(11_689_512 - 513_000 + 2 * 513);
  network.dispose();
});
