import { grad, type Tensor2D, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCompute } from '../../compute/startCompute';
import golden from '../../testing/golden/hsic.json';
import { hsicLoss } from './hsicLoss';

beforeAll(() => startCompute({ prefer: 'cpu', wasmPath: '' }));

type Case = (typeof golden.cases)[number];

function lossOf({ n, classes, featureDim, features, y, g }: Case) {
  const labels = tensor1d(y, 'int32');
  const groups = tensor1d(g, 'int32');
  const counts = { classCount: classes, groupCount: 2 };
  return {
    rows: tensor2d(features, [n, featureDim]),
    loss: (rows: Tensor2D) => hsicLoss(rows, labels, groups, counts),
  };
}

describe('hsicLoss', () => {
  it.each(golden.cases.map((value, index) => ({ ...value, index })))(
    'agrees with the float64 reference in case $index: $note',
    async (example) => {
      const { rows, loss } = lossOf(example);
      expect((await loss(rows).data())[0]).toBeCloseTo(example.expected.hsic, 6);
      const gradient = await grad((values) => loss(values as Tensor2D))(rows).data();
      for (const [index, value] of example.expected.gradFeatures.entries()) {
        expect(Math.abs(gradient[index]! - value)).toBeLessThan(1e-5);
      }
    },
  );

  it('is 0 where every class has too few samples for its estimate', async () => {
    const features = tensor2d([
      [1, 0],
      [0, 1],
      [1, 1],
    ]);
    const labels = tensor1d([0, 0, 0], 'int32');
    const value = hsicLoss(features, labels, tensor1d([0, 1, 0], 'int32'), { classCount: 114, groupCount: 2 });
    expect((await value.data())[0]).toBe(0);
  });
});
