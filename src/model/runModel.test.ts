import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  matMul,
  memory,
  type Rank,
  reshape,
  slice,
  type Tensor,
  type Tensor2D,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { goldenSurgery, largestDifference, logitsOf } from '../testing/goldenSurgery';
import { readMaps, runModel } from './runModel';
import { tapLayer } from './tapLayer';

describe('runModel', () => {
  it('gives the maps before the activation, and the logits of the same pass', () => {
    const { model, images } = goldenSurgery('vgg_flatten');
    const tap = tapLayer(model, 'conv2');
    expect(tap).toMatchObject({ channels: 8, mapHeight: 4, mapWidth: 4 });
    const {
      maps: [maps],
      classLogits,
    } = runModel(model, { images, groups: null }, { classLogits: true, maps: [tap] });
    // The layers up to conv2, one by one.
    const byHand = model.network.layers
      .slice(0, 4)
      .reduce<Tensor>((value, layer) => [layer.apply(value)].flat()[0] as Tensor, images);
    expect(maps!.arraySync()).toEqual(byHand.arraySync());
    expect(Math.min(...maps!.dataSync())).toBeLessThan(0);
    expect(classLogits!.arraySync()).toEqual(logitsOf(model, images));
  });

  it('leaves two tensors and no more', () => {
    const { model, images } = goldenSurgery('vgg_bn_gap');
    const tap = tapLayer(model, 'conv1');
    const before = memory().numTensors;
    const {
      maps: [maps],
      classLogits,
    } = runModel(model, { images, groups: null }, { classLogits: true, maps: [tap] });
    expect(memory().numTensors).toBe(before + 2);
    maps!.dispose();
    classLogits!.dispose();
  });

  it('sees weights that are trained after it was opened', () => {
    const { model, images } = goldenSurgery('vgg_flatten');
    const tap = tapLayer(model, 'conv2');
    const conv = model.network.getLayer('conv2');
    const [kernel, bias] = conv.getWeights();
    conv.setWeights([zerosLike(kernel!), bias!]);
    expect(slice(readMaps(model, { images, groups: null }, tap), [0, 0, 0, 0], [1, 1, 1, 8]).dataSync()).toEqual(
      bias!.dataSync(),
    );
  });

  it('gives the units of a dense layer as maps of one pixel', () => {
    const { model, images } = goldenSurgery('vgg_flatten');
    const tap = tapLayer(model, 'fc1');
    const {
      maps: [maps],
      classLogits,
    } = runModel(model, { images, groups: null }, { classLogits: true, maps: [tap] });
    expect([tap.mapHeight, tap.mapWidth, tap.channels]).toEqual([1, 1, 10]);
    expect(maps!.shape).toEqual([3, 1, 1, 10]);
    const [kernel, bias] = model.network.getLayer('fc2').getWeights();
    const units = reshape<Rank.R2>(maps!, [3, 10]);
    expect(
      largestDifference(add<Tensor2D>(matMul(units, kernel as Tensor2D), bias!).arraySync(), classLogits!.arraySync()),
    ).toBeLessThan(1e-5);
  });

  it('refuses a layer that is not there', () => {
    const { model } = goldenSurgery('vgg_flatten');
    expect(() => tapLayer(model, 'conv7')).toThrow(expect.objectContaining({ code: 'layer-not-found' }));
  });
});
