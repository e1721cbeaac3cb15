import '@tensorflow/tfjs-backend-cpu';
import { reshape, type Tensor, tensor, tensor2d, tensor4d } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { GroupBatchNormalization } from './groupBatchNormalization';

/** One channel, two groups; gamma, beta, mean and variance of each. */
function layerOf(settings: { scale?: boolean; momentum?: number } = {}) {
  const layer = new GroupBatchNormalization({ groupCount: 2, epsilon: 1, ...settings });
  layer.build([
    [null, 1, 2, 1],
    [null, 1],
  ]);
  const column = (values: number[]) => tensor(values, [2, 1]);
  const gamma = settings.scale === false ? [] : [column([3, -1])];
  layer.setWeights([...gamma, column([10, 0.5]), column([1, 2]), column([3, 15])]);
  return layer;
}
const rows = (layer: GroupBatchNormalization, values: number[][], group: number[], training = false) => {
  const maps = tensor4d(values.flat(), [values.length, 1, 2, 1]);
  const made = layer.apply([maps, tensor2d(group, [group.length, 1], 'int32')], { training }) as Tensor;
  return reshape(made, [values.length, 2]).arraySync();
};
const averages = (layer: GroupBatchNormalization) =>
  layer
    .getWeights()
    .slice(-2)
    .map((weight) => Array.from(weight.dataSync()));

describe('BatchNorm of each group', () => {
  it('normalises at inference by the running averages of the sample’s group', () => {
    // 3 · (5 − 1) / √(3 + 1) + 10 = 16 and −1 · (6 − 2) / √(15 + 1) + 0.5 = −0.5; 1 and 2 are the means.
    expect(
      rows(
        layerOf(),
        [
          [5, 1],
          [6, 2],
        ],
        [0, 1],
      ),
    ).toEqual([
      [16, 10],
      [-0.5, 0.5],
    ]);
    // Without gamma: (5 − 1) / 2 + 10 and (6 − 2) / 4 + 0.5.
    expect(
      rows(
        layerOf({ scale: false }),
        [
          [5, 1],
          [6, 2],
        ],
        [0, 1],
      ),
    ).toEqual([
      [12, 10],
      [1.5, 0.5],
    ]);
  });

  it('gives 0 for a group that it does not know', () => {
    expect(rows(layerOf(), [[5, 1]], [2])).toEqual([[0, 0]]);
  });

  it('in training takes mean and biased variance of the group’s own samples, and leaves an empty group’s averages alone', () => {
    const layer = layerOf({ momentum: 0.5 });
    // Group 0 has 1, 3, 5, 7: mean 4, variance 5; 3 · (1 − 4) / √(5 + 1) + 10.
    const [first] = rows(
      layer,
      [
        [1, 3],
        [5, 7],
      ],
      [0, 0],
      true,
    ) as number[][];
    expect(first![0]).toBeCloseTo(10 - 9 / Math.sqrt(6), 5);
    expect(averages(layer)).toEqual([
      [2.5, 2],
      [4, 15],
    ]);
  });
});
