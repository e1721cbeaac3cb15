import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { fixedSuffix } from './fixedLayer';
import { pruningObstacle } from './pruningObstacle';

/** Why the convolution before the layer given cannot be pruned. */
function obstacleBefore(layer: layers.Layer): string | null {
  const network = sequential({
    layers: [
      layers.conv2d({ name: 'conv', inputShape: [4, 4, 3], filters: 3, kernelSize: 1 }),
      layer,
      layers.flatten(),
      layers.dense({ units: 2 }),
    ],
  });
  return pruningObstacle(network, network.getLayer('conv'));
}

describe('pruningObstacle', () => {
  it('is none before a layer that scales all channels by one number', () => {
    expect(obstacleBefore(layers.rescaling({ name: 'scale', scale: 0.1 }))).toBeNull();
  });

  it('is a layer that adds to silent channels, scales each by its own, or turns maps', () => {
    expect(obstacleBefore(layers.rescaling({ name: 'shift', scale: 1, offset: 0.5 }))).toContain('"shift" adds');
    const perChannel = JSON.parse('{"name": "own", "scale": [1, 2, 3], "offset": 0}');
    expect(obstacleBefore(layers.rescaling(perChannel))).toContain('"own" scales every channel');
    expect(obstacleBefore(layers.permute({ name: 'turn', dims: [3, 1, 2] }))).toContain('"turn" moves the channels');
  });

  it('is that the weights are part of an operation that never changes', () => {
    const fixed = { name: `resize${fixedSuffix}`, units: 2, useBias: false, trainable: false };
    const network = sequential({ layers: [layers.dense({ ...fixed, inputShape: [3] }), layers.dense({ units: 2 })] });
    expect(pruningObstacle(network, network.layers[0]!)).toContain('never changes');
  });
});
