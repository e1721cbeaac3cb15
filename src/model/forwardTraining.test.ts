import '@tensorflow/tfjs-backend-cpu';
import { add, matMul, memory, mul, sum, type Tensor, type Tensor2D, tidy, variableGrads } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { goldenSurgery, logitsOf } from '../testing/goldenSurgery';
import { forwardTraining } from './forwardTraining';

describe('forwardTraining', () => {
  it('gives the logits and what the last dense layer makes them of', () => {
    const { model, images } = goldenSurgery('vgg_flatten');
    const { logits, features } = forwardTraining(model, images);
    const [kernel, bias] = model.network.getLayer('fc2').getWeights();
    const byHand = add(matMul(features, kernel as Tensor2D), bias!);
    expect(features.shape).toEqual([3, 10]);
    expect(byHand.arraySync()).toEqual(logits.arraySync());
    expect(logits.arraySync()).toEqual(logitsOf(model, images));
  });

  it('lets gradients through to every trainable weight, and leaks none of its tensors', () => {
    const { model, images } = goldenSurgery('vgg_bn_gap');
    const step = () =>
      tidy(() => {
        const { grads } = variableGrads(() => sum(forwardTraining(model, images).logits));
        return Object.values(grads).map((gradient: Tensor) => gradient.size);
      });
    const sizes = step();
    const before = memory().numTensors;
    step();
    expect(memory().numTensors).toBe(before);
    const trainable = model.network.trainableWeights.map((weight) => weight.read().size);
    const ascending = (a: number, b: number) => a - b;
    expect(sizes.sort(ascending)).toEqual(trainable.sort(ascending));
  });

  it('normalises by the batch: BatchNorm learns its averages and the logits differ from those of inference', () => {
    const { model, images } = goldenSurgery('vgg_bn_gap');
    const inference = logitsOf(model, images);
    const meanBefore = Array.from(model.network.getLayer('bn1').getWeights()[2]!.dataSync());
    const { logits } = forwardTraining(model, images);
    expect(logits.arraySync()).not.toEqual(inference);
    expect(Array.from(model.network.getLayer('bn1').getWeights()[2]!.dataSync())).not.toEqual(meanBefore);
  });

  it('drops in the network’s own dropout layers what the seed decides, each layer something else, and leaves them as they were', () => {
    const { model, images } = goldenSurgery('vgg_flatten');
    const drop = (name: string) => layers.dropout({ name, rate: 0.5 });
    const network = sequential({
      layers: [
        layers.flatten({ inputShape: [8, 8, 3] }),
        drop('drop1'),
        drop('drop2'),
        layers.dense({ units: 192, kernelInitializer: 'identity' }),
      ],
    });
    const kept = (seed: number) =>
      Array.from(forwardTraining({ ...model, network }, add(mul(images, 0), 1), { rate: 0, seed }).logits.dataSync());
    const first = kept(1);
    expect(kept(1)).toEqual(first);
    expect(kept(2)).not.toEqual(first);
    // Two independent layers keep a quarter, four times as large; two of the same choice would keep a half.
    expect(new Set(first)).toEqual(new Set([0, 4]));
    const share = first.filter((value) => value > 0).length / first.length;
    expect(share).toBeGreaterThan(0.18);
    expect(share).toBeLessThan(0.32);
    expect(network.getLayer('drop1').getConfig().seed).toBeUndefined();
  });

  it('refuses a network without a dense layer', () => {
    const { model, images } = goldenSurgery('vgg_flatten');
    const network = sequential({
      layers: [
        layers.conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 1 }),
        layers.globalAveragePooling2d({ name: 'gap' }),
      ],
    });
    expect(() => forwardTraining({ ...model, network }, images)).toThrow(
      expect.objectContaining({ code: 'model-mismatch' }),
    );
  });
});
