import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  eye,
  matMul,
  memory,
  mul,
  reshape,
  sum,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { model as functionalModel, layers, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { goldenSurgery, largestDifference, logitsOf } from '../testing/goldenSurgery';
import { forwardTraining } from './forwardTraining';
import { summarizeModel } from './summarizeModel';

describe('forwardTraining', () => {
  it('gives the logits and what the last dense layer makes them of', () => {
    const { model, images } = goldenSurgery('vgg_flatten');
    const { logits, features } = forwardTraining(model, { images, groups: null });
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
        const { grads } = variableGrads(() => sum(forwardTraining(model, { images, groups: null }).logits));
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
    const { logits } = forwardTraining(model, { images, groups: null });
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
      Array.from(
        forwardTraining(
          { ...model, network },
          { images: add(mul(images, 0), 1), groups: null },
          { rate: 0, seed },
        ).logits.dataSync(),
      );
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

  it('takes the maps in front of the last convolution for the features where there is no dense head', () => {
    const { model, images } = goldenSurgery('vgg_flatten');
    const network = sequential({
      layers: [
        layers.conv2d({ name: 'c1', inputShape: [8, 8, 3], filters: 5, kernelSize: 3, activation: 'relu' }),
        layers.conv2d({ name: 'classes', filters: 4, kernelSize: 1, biasInitializer: 'randomNormal' }),
        layers.globalAveragePooling2d({ name: 'gap' }),
      ],
    });
    const { logits, features } = forwardTraining({ ...model, network }, { images, groups: null });
    expect(features.shape).toEqual([3, 5]);
    // The average of a linear map is the linear map of the average.
    const [kernel, bias] = network.getLayer('classes').getWeights();
    const byHand = add(matMul(features, reshape(kernel!, [5, 4]) as Tensor2D), bias!).arraySync() as number[][];
    expect(largestDifference(byHand, logits.arraySync())).toBeLessThan(1e-6);
    expect(logits.arraySync()).toEqual(logitsOf({ ...model, network }, images));
  });

  it('drops before the last convolution what the seed decides, and goes on through the layers behind it', () => {
    const { model, images } = goldenSurgery('vgg_flatten');
    // Every channel is copied and averaged: a logit is the mean of what was kept.
    const network = sequential({
      layers: [
        layers.activation({ name: 'as-it-is', activation: 'linear', inputShape: [8, 8, 3] }),
        layers.conv2d({ name: 'classes', filters: 3, kernelSize: 1, useBias: false }),
        layers.activation({ name: 'relu', activation: 'relu' }),
        layers.globalAveragePooling2d({ name: 'gap' }),
      ],
    });
    network.getLayer('classes').setWeights([reshape(eye(3), [1, 1, 3, 3])]);
    const ones: Tensor4D = add(mul(images, 0), 1);
    const run = (seed: number) =>
      forwardTraining({ ...model, network }, { images: ones, groups: null }, { rate: 0.25, seed });
    const { logits, features } = run(1);
    expect(logits.arraySync()).toEqual(run(1).logits.arraySync());
    expect(logits.arraySync()).not.toEqual(run(2).logits.arraySync());
    expect(largestDifference(logits.arraySync(), features.arraySync())).toBeLessThan(1e-6);
    for (const logit of logits.dataSync()) {
      // k of 64 pixels are kept, each 1 / 0.75.
      const kept = logit * 0.75 * 64;
      expect(kept).toBeCloseTo(Math.round(kept), 4);
      expect(kept).toBeGreaterThan(32);
      expect(kept).toBeLessThan(64);
    }
  });

  it('learns BatchNorm’s averages once in a step, with dropout too', () => {
    const { model, images } = goldenSurgery('vgg_bn_gap');
    const averages = () => Array.from(model.network.getLayer('bn1').getWeights()[2]!.dataSync());
    const before = averages();
    const weights = model.network.getWeights().map((weight) => weight.clone());
    forwardTraining(model, { images, groups: null });
    const once = averages();
    model.network.setWeights(weights);
    expect(averages()).toEqual(before);
    forwardTraining(model, { images, groups: null }, { rate: 0.5, seed: 1 });
    expect(averages()).toEqual(once);
  });

  it('refuses dropout where the layers behind the head read others too, and a network without any head', () => {
    const { model, images } = goldenSurgery('vgg_flatten');
    const image = layers.input({ shape: [8, 8, 3] });
    const first = layers.conv2d({ name: 'c0', filters: 4, kernelSize: 1 }).apply(image);
    const maps = layers.conv2d({ name: 'c1', filters: 4, kernelSize: 1 }).apply(first) as SymbolicTensor;
    const gate = layers.dense({ name: 'gate', units: 4 }).apply(layers.globalAveragePooling2d({}).apply(maps));
    const gated = layers
      .add({ name: 'sum' })
      .apply([layers.globalMaxPooling2d({}).apply(maps), gate] as SymbolicTensor[]);
    const branched = { ...model, network: functionalModel({ inputs: image, outputs: gated as SymbolicTensor }) };
    expect(forwardTraining(branched, { images, groups: null }).features.shape).toEqual([3, 4]);
    const refused = expect.objectContaining({ code: 'model-mismatch' });
    expect(() => forwardTraining(branched, { images, groups: null }, { rate: 0.5, seed: 1 })).toThrow(refused);
    expect(summarizeModel(branched, { batchSize: 1 }).limits).toEqual([
      'It can be trained without dropout before its head alone: behind "gate", where dropout would be, layers read others too.',
    ]);
    const headless = sequential({ layers: [layers.globalAveragePooling2d({ inputShape: [8, 8, 3] })] });
    expect(() => forwardTraining({ ...model, network: headless }, { images, groups: null })).toThrow(refused);
    expect(summarizeModel({ ...model, network: headless }, { batchSize: 1 }).limits).toEqual([
      'It cannot be trained: it has neither a convolution nor a dense layer.',
      'No layer of it can be pruned; the list of layers says why.',
    ]);
  });
});
