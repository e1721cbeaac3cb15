import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { checkBuiltLayers } from './checkBuiltLayers';

const built = (layer: layers.Layer) => sequential({ layers: [layer] }).layers;
const inputShape = [4, 4, 4];

describe('checkBuiltLayers', () => {
  it.each([
    ['BatchNormalization', () => layers.batchNormalization({ name: 'it', axis: 1, inputShape })],
    ['LayerNormalization', () => layers.layerNormalization({ name: 'it', axis: 2, inputShape })],
    ['Softmax', () => layers.softmax({ name: 'it', axis: 1, inputShape })],
  ])('refuses a %s along another axis than the last, which WASM computes wrongly or tfjs not at all', (kind, make) => {
    expect(() => checkBuiltLayers('model.h5', built(make()))).toThrow(`the layer "it" (${kind}) has axis = `);
  });

  it('takes the last axis by its number, and axis 1 of what has no other', () => {
    checkBuiltLayers('model.h5', built(layers.batchNormalization({ axis: 3, inputShape })));
    checkBuiltLayers('model.h5', built(layers.batchNormalization({ axis: 1, inputShape: [4] })));
  });

  it('refuses constants per channel that are not as many as the channels', () => {
    const settings = JSON.parse('{"name": "it", "scale": [1, 2, 3], "inputShape": [4, 4, 4]}');
    expect(() => checkBuiltLayers('model.h5', built(layers.rescaling(settings)))).toThrow('4 channels enter it');
  });
});
