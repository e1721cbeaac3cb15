import '@tensorflow/tfjs-backend-cpu';
import { randomNormal, setBackend, type Tensor4D } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { disposeModel } from '../disposeModel';
import { summarizeModel } from '../summarizeModel';
import { applyPruning } from '../surgery/applyPruning';
import { maskChannels } from '../surgery/maskChannels';
import { planPruning } from '../surgery/planPruning';
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

it('loses channels inside a block as if they were silent; those that an addition joins are refused by name', () => {
  const model = build(32, 0.0625);
  expect(summarizeModel(model, { batchSize: 1 }).defaultLayer).toBe('layer4.1.conv1');
  const pruned = applyPruning(model, planPruning(model, 'layer4.1.conv1', [0, 5, 31]), modelId('pruned'));
  const masked = maskChannels(model, 'layer4.1.conv1', [0, 5, 31], 'structural');
  const images = randomNormal([3, 32, 32, 3], 0, 1, 'float32', 1) as Tensor4D;
  expect(pruned.network.countParams()).toBeLessThan(model.network.countParams());
  expect(largestDifference(logitsOf(pruned, images), logitsOf(masked, images))).toBeLessThan(1e-4);
  expect(() => planPruning(model, 'layer4.1.conv2', [0])).toThrow(
    expect.objectContaining({
      code: 'layer-not-prunable',
      details: {
        layer: 'layer4.1.conv2',
        reason: 'its channels meet those of other layers in "layer4.1.add" (Add)',
      },
    }),
  );
  for (const one of [model, pruned, masked]) disposeModel(one);
});
