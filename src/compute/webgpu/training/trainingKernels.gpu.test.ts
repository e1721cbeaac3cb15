import '@tensorflow/tfjs-backend-cpu';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import {
  backend,
  cast,
  conv2d,
  env,
  grad,
  grads,
  memory,
  mul,
  relu,
  setBackend,
  sum,
  type Tensor,
  type Tensor4D,
  tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../foundation/random';
import { registerGradients } from '../../gradients/registerGradients';
import { startCompute } from '../../startCompute';

const faults: string[] = [];

beforeAll(async () => {
  await setBackend('cpu');
  registerGradients('cpu');
  await startCompute({ prefer: 'webgpu', wasmPath: '/wasm/' });
  env().set('WEBGPU_CPU_FORWARD', false);
  (backend() as WebGPUBackend).device.addEventListener('uncapturederror', ({ error }) => faults.push(error.message));
});

// Faults of the device reach no promise.
afterAll(() => expect(faults).toEqual([]));

function normals(length: number, ...purpose: (string | number)[]): Float32Array {
  const stream = createRandom(5, 'webgpu', ...purpose);
  return Float32Array.from({ length }, () => stream.normal());
}

function random(shape: number[], purpose: string): Tensor {
  return tensor(
    normals(
      shape.reduce((a, b) => a * b, 1),
      purpose,
    ),
    shape,
  );
}

/** Values on both backends, in the order the work gives them. */
async function onBoth(work: () => Tensor[]): Promise<{ actual: number[][]; expected: number[][] }> {
  const valuesOn = async (name: string) => {
    expect(await setBackend(name)).toBe(true);
    const results = tidy(work);
    const values = await Promise.all(results.map(async (result) => Array.from(await result.data())));
    for (const result of results) result.dispose();
    return values;
  };
  const expected = await valuesOn('cpu');
  return { actual: await valuesOn('webgpu'), expected };
}

async function expectSame(work: () => Tensor[], tolerance = 2e-5): Promise<void> {
  const { actual, expected } = await onBoth(work);
  for (const [index, values] of expected.entries()) {
    expect(actual[index]).toHaveLength(values.length);
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - actual[index]![i]!)), 0);
    expect(worst / scale).toBeLessThan(tolerance);
  }
}

const kernels = [1, 2, 3, 5, 7].flatMap((kernel) =>
  [1, 2, 3].flatMap((stride) => (['same', 'valid'] as const).map((pad) => ({ kernel, stride, pad }))),
);

describe('the filter gradient of a convolution on WebGPU', () => {
  it.each(kernels)('equals that of the cpu backend: kernel $kernel, stride $stride, $pad', async (c) => {
    const { kernel, stride, pad } = c;
    const turn = (kernel + stride) % 3;
    const [batch, cIn, cOut] = (
      [
        [1, 3, 8],
        [2, 5, 1],
        [3, 1, 35],
      ] as const
    )[turn]!;
    await expectSame(() => {
      const x = random([batch, 9, 8, cIn], 'x') as Tensor4D;
      const filter = random([kernel, kernel, cIn, cOut], 'filter') as Tensor4D;
      const loss = (w: Tensor) => {
        const y = conv2d(x, w as Tensor4D, stride, pad);
        return sum(mul(y, random(y.shape, 'dy')));
      };
      return [grad(loss)(filter)];
    });
  });

  it.each([
    ['more rows of the filter than a tile', [2, 6, 6, 40], [3, 3, 40, 5], 1],
    ['more channels than a tile', [2, 6, 6, 4], [3, 3, 4, 70], 2],
    ['more positions than a slice', [4, 20, 20, 3], [3, 3, 3, 8], 1],
    ['a filter that is no square', [2, 6, 7, 3], [1, 4, 3, 4], 1],
  ] as const)('equals that of the cpu backend for %s', async (_, xShape, filterShape, stride) => {
    await expectSame(() => {
      const x = random([...xShape], 'x') as Tensor4D;
      const filter = random([...filterShape], 'filter') as Tensor4D;
      return grads((input: Tensor, w: Tensor) =>
        sum(mul(conv2d(input as Tensor4D, w as Tensor4D, stride, 'same'), 0.5)),
      )([x, filter]);
    });
  });

  it('is the slope of the loss that finite differences find', async () => {
    await setBackend('webgpu');
    const lossAt = async (values: Float32Array) => {
      const result = tidy(() => {
        const y = conv2d(random([2, 5, 5, 2], 'x') as Tensor4D, tensor(values, [3, 3, 2, 3]) as Tensor4D, 2, 'same');
        return sum(mul(y, random(y.shape, 'dy')));
      });
      const [value] = await result.data();
      result.dispose();
      return value!;
    };
    const filter = normals(3 * 3 * 2 * 3, 'filter');
    const slope = tidy(() =>
      grad((w: Tensor) => {
        const y = conv2d(random([2, 5, 5, 2], 'x') as Tensor4D, w as Tensor4D, 2, 'same');
        return sum(mul(y, random(y.shape, 'dy')));
      })(tensor(filter, [3, 3, 2, 3])),
    );
    const slopes = await slope.data();
    slope.dispose();
    for (const at of [0, 7, 20, 53]) {
      const shifted = (by: number) => filter.map((value, i) => (i === at ? value + by : value));
      const difference = ((await lossAt(shifted(0.5))) - (await lossAt(shifted(-0.5)))) / 1;
      expect(slopes[at]).toBeCloseTo(difference, 3);
    }
  });
});

describe('sums over leading axes on WebGPU', () => {
  it.each([
    [[5], [0]],
    [[3, 4], [0]],
    [[3, 4], [1]],
    [
      [2, 3, 4, 5],
      [0, 1, 2],
    ],
    [
      [2, 3, 4, 5],
      [2, 0, 1],
    ],
    [
      [2, 3, 4, 5],
      [1, 2],
    ],
    [[700, 130], [0]],
    [[3, 200_000], [0]],
  ])('equal those of the cpu backend: %j over %j', async (shape, axes) => {
    await expectSame(() => {
      const x = random(shape, 'x');
      const kept = sum(x, axes, true);
      expect(kept.shape).toEqual(shape.map((size, axis) => (axes.includes(axis) ? 1 : size)));
      return [sum(x, axes), kept];
    });
  });
});

describe('sums of what was int32 on WebGPU', () => {
  it('are those of its values, which tfjs leaves int32 in memory when it casts them', async () => {
    await expectSame(() => [sum(cast(tensor([1, 0, 2, 0, 4, 8], [3, 2], 'int32'), 'float32'), 0)]);
  });
});

describe('ReLU and batch normalisation in training on WebGPU', () => {
  it('passes the gradient of ReLU on where its input is above 0', async () => {
    await expectSame(() => [grad((x: Tensor) => sum(mul(relu(x), random([7, 5], 'dy'))))(random([7, 5], 'x'))]);
  });

  it.each([
    [[6, 3], 0],
    [[4, 5, 5, 8], 0],
    [[4, 5, 5, 8], 1000],
    [[2, 9, 9, 130], 3],
  ])('normalises maps of %j with offset %i, forward and back, as the cpu backend does', async (shape, offset) => {
    const channels = shape.at(-1)!;
    await expectSame(
      () => {
        const layer = layers.batchNormalization({});
        layer.build(shape);
        const x = tensor(
          normals(
            shape.reduce((a, b) => a * b, 1),
            'x',
          ).map((value) => value + offset),
          shape,
        );
        const [gamma, beta] = [random([channels], 'gamma'), random([channels], 'beta')];
        const results = grads((input: Tensor, g: Tensor, b: Tensor) => {
          Object.assign(layer, { gamma: { read: () => g }, beta: { read: () => b } });
          const y = layer.call(input, { training: true }) as Tensor;
          return sum(mul(mul(y, y), random(shape, 'dy')));
        })([x, gamma, beta]);
        const moving = layer.weights.slice(2).map((weight) => mul(weight.read(), 1));
        for (const weight of layer.weights) weight.dispose();
        return [...results, ...moving];
      },
      offset > 100 ? 1e-3 : 5e-5,
    );
  });

  it('keeps no tensor and no buffer from one step to the next', async () => {
    await setBackend('webgpu');
    const step = async () => {
      const result = tidy(() => {
        const x = random([2, 6, 6, 3], 'x') as Tensor4D;
        return grad((w: Tensor) => sum(relu(conv2d(x, w as Tensor4D, 1, 'same'))))(random([3, 3, 3, 4], 'filter'));
      });
      await result.data();
      result.dispose();
      return { ...memory() } as { numTensors: number; numBytesInGPU?: number };
    };
    await step();
    const before = await step();
    const after = await step();
    expect(after.numTensors).toBe(before.numTensors);
    expect(after.numBytesInGPU).toBe(before.numBytesInGPU);
  });
});
