import '@tensorflow/tfjs-backend-cpu';
import { type layers as Layers, layers, sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { type Answers, createAsker } from '../../foundation/openQuestion';
import { expectedPixels } from './expectedPixels';

interface Scaling {
  scale: number | number[];
  offset?: number | number[];
}

/** The pixels that a network takes that begins with scalings, and the keys of the questions asked. */
function pixels(scalings: Scaling[], answers: Answers = 'usual') {
  const asker = createAsker(answers);
  const network = sequential({
    layers: [
      layers.activation({ activation: 'linear', inputShape: [4, 4, 3] }),
      layers.zeroPadding2d({ padding: 1 }),
      // The types of tfjs know single numbers only.
      ...scalings.map((scaling): Layers.Layer => layers.rescaling(JSON.parse(JSON.stringify(scaling)))),
      layers.conv2d({ filters: 2, kernelSize: 3 }),
    ],
  });
  return [expectedPixels(network, asker), asker.answered().map(({ key }) => key)];
}

describe('expectedPixels', () => {
  it.each<[string, Scaling[], 'bytes' | 'unit']>([
    ['no scaling', [], 'unit'],
    ['x / 255', [{ scale: 1 / 255 }], 'bytes'],
    ['x / 127.5 - 1', [{ scale: 1 / 127.5, offset: -1 }], 'bytes'],
    ['the mean of ImageNet in 0 … 255 taken off', [{ scale: 1, offset: [-123.68, -116.779, -103.939] }], 'bytes'],
    [
      'x / 255, then mean and deviation of ImageNet',
      [
        { scale: 1 / 255 },
        { scale: [1 / 0.229, 1 / 0.224, 1 / 0.225], offset: [-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225] },
      ],
      'bytes',
    ],
    ['mean and deviation of ImageNet', [{ scale: [4.37, 4.46, 4.44], offset: [-2.12, -2.04, -1.8] }], 'unit'],
    ['2 x - 1', [{ scale: 2, offset: -1 }], 'unit'],
    ['x - 0.5', [{ scale: 1, offset: -0.5 }], 'unit'],
  ])('takes %s as made for %s', (_what, scalings, due) => {
    expect(pixels(scalings)).toEqual([due, []]);
  });

  it('asks where the scale fits both', () => {
    expect(pixels([{ scale: 0.1 }])).toEqual(['bytes', ['pixels']]);
    expect(pixels([{ scale: 0.1 }], { pixels: 'unit' })).toEqual(['unit', ['pixels']]);
  });
});
