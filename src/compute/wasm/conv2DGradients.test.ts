import { conv2d, engine, grads, memory, mul, sum, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../foundation/random';
import { float32Tolerance, relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';
import { conv2DGradientsReference } from './conv2DGradients.reference';
import { convGeometry } from './convGeometry';

interface Case {
  kernel: [number, number];
  stride: [number, number];
  pad: 'same' | 'valid' | number;
  size: [number, number];
  batch: number;
  channels: [number, number];
}

const sizes: [number, number][] = [
  [8, 8],
  [7, 9],
];
const batches = [1, 2, 5];
const channels: [number, number][] = [
  [1, 3],
  [3, 8],
  [8, 1],
  [8, 5],
];

/** Every kernel, stride, padding and size; batches and channels take turns. */
const cases: Case[] = [1, 2, 3, 5, 7].flatMap((kernel) =>
  [1, 2, 3].flatMap((stride) =>
    (['same', 'valid'] as const).flatMap((pad) =>
      sizes.map((size, index): Case => {
        const turn = kernel + 2 * stride + index + (pad === 'same' ? 0 : 1);
        return {
          kernel: [kernel, kernel],
          stride: [stride, stride],
          pad,
          size,
          batch: batches[turn % 3]!,
          channels: channels[turn % 4]!,
        };
      }),
    ),
  ),
);

const oddCases: Case[] = [
  { kernel: [3, 3], stride: [1, 1], pad: 1, size: [6, 7], batch: 2, channels: [3, 4] },
  { kernel: [3, 1], stride: [1, 1], pad: 'same', size: [6, 7], batch: 2, channels: [3, 4] },
  { kernel: [2, 5], stride: [2, 1], pad: 'same', size: [9, 6], batch: 2, channels: [4, 3] },
  { kernel: [3, 3], stride: [2, 2], pad: 1, size: [8, 9], batch: 3, channels: [2, 4] },
  { kernel: [1, 1], stride: [1, 1], pad: 1, size: [4, 4], batch: 2, channels: [2, 3] },
  { kernel: [4, 4], stride: [1, 1], pad: 'valid', size: [4, 4], batch: 2, channels: [3, 2] },
];

function random(length: number, ...purpose: (string | number)[]): Float32Array {
  const stream = createRandom(3, 'conv', ...purpose);
  return Float32Array.from({ length }, () => stream.normal());
}

function setUp({ kernel, stride, pad, size, batch, channels: [inChannels, outChannels] }: Case) {
  const inShape: [number, number, number, number] = [batch, ...size, inChannels];
  const filterShape: [number, number, number, number] = [...kernel, inChannels, outChannels];
  const geometry = convGeometry(inShape, filterShape, { strides: stride, pad });
  const outShape: [number, number, number, number] = [batch, geometry.outHeight, geometry.outWidth, outChannels];
  const product = (shape: number[]) => shape.reduce((a, b) => a * b, 1);
  const x = random(product(inShape), 'x');
  const filter = random(product(filterShape), 'filter');
  const dy = random(product(outShape), 'dy');
  const kernels = () => {
    const attrs = { strides: stride, pad, dataFormat: 'NHWC', inputShape: inShape, filterShape };
    const [tx, tf, tdy] = [tensor4d(x, inShape), tensor4d(filter, filterShape), tensor4d(dy, outShape)];
    const dx: Tensor4D = engine().runKernel('Conv2DBackpropInput', { dy: tdy, filter: tf }, attrs);
    const dFilter: Tensor4D = engine().runKernel('Conv2DBackpropFilter', { x: tx, dy: tdy }, attrs);
    return [dx, dFilter];
  };
  return { x, filter, dy, geometry, kernels, inShape, filterShape };
}

const label = ({ kernel, stride, pad, size, batch, channels: c }: Case) =>
  `kernel ${kernel.join('×')}, stride ${stride.join('×')}, ${pad}, ${size.join('×')}, batch ${batch}, ${c.join('→')}`;

describe('the two gradients of a convolution on WASM', () => {
  beforeAll(startWasmAndCpu);

  it.each([...cases, ...oddCases].map((c) => [label(c), c] as const))('equal the definition: %s', async (_, c) => {
    const { x, filter, dy, geometry, kernels } = setUp(c);
    const expected = conv2DGradientsReference(x, filter, dy, geometry);
    const [dx, dFilter] = await valuesOn('wasm', kernels);
    expect(relativeError(dx!, expected.dx)).toBeLessThan(float32Tolerance);
    expect(relativeError(dFilter!, expected.dFilter)).toBeLessThan(float32Tolerance);
  });

  it.each(cases.filter((_, index) => index % 7 === 0).map((c) => [label(c), c] as const))(
    'equal those of the cpu backend: %s',
    async (_, c) => {
      const { kernels } = setUp(c);
      const expected = await valuesOn('cpu', kernels);
      const actual = await valuesOn('wasm', kernels);
      expect(relativeError(actual[0]!, expected[0]!)).toBeLessThan(float32Tolerance);
      expect(relativeError(actual[1]!, expected[1]!)).toBeLessThan(float32Tolerance);
    },
  );

  it('agree with central finite differences of the forward pass', async () => {
    const { x, filter, dy, inShape, filterShape, geometry } = setUp(oddCases[3]!);
    const outShape: [number, number, number, number] = [geometry.batch, geometry.outHeight, geometry.outWidth, 4];
    const loss = (tx: Tensor4D, tf: Tensor4D) => sum<Tensor4D>(mul(conv2d(tx, tf, 2, 1), tensor4d(dy, outShape)));
    const lossAt = async (values: Float32Array, weights: Float32Array) => {
      const [result] = await valuesOn('wasm', () => [loss(tensor4d(values, inShape), tensor4d(weights, filterShape))]);
      return result![0]!;
    };
    const [dx, dFilter] = await valuesOn('wasm', () =>
      grads((tx, tf) => loss(tx as Tensor4D, tf as Tensor4D))([tensor4d(x, inShape), tensor4d(filter, filterShape)]),
    );
    const step = 0.25; // the loss is linear in either argument: a large step has no error of its own
    for (const index of [0, 7, 30, 71]) {
      const shifted = (values: Float32Array, by: number) => values.with(index, values[index]! + by);
      const byX = ((await lossAt(shifted(x, step), filter)) - (await lossAt(shifted(x, -step), filter))) / (2 * step);
      const byW = ((await lossAt(x, shifted(filter, step))) - (await lossAt(x, shifted(filter, -step)))) / (2 * step);
      expect(dx![index]).toBeCloseTo(byX, 3);
      expect(dFilter![index]).toBeCloseTo(byW, 3);
    }
  });

  it('are complete when the batch takes more than one column buffer', async () => {
    // 9·64 values for each of 32×32 output pixels: the buffer of 8 Mi values holds 14 images.
    const large: Case = { kernel: [3, 3], stride: [2, 2], pad: 'same', size: [64, 64], batch: 16, channels: [64, 1] };
    const { x, filter, dy, geometry, kernels } = setUp(large);
    const expected = conv2DGradientsReference(x, filter, dy, geometry);
    const [dx, dFilter] = await valuesOn('wasm', kernels);
    expect(relativeError(dx!, expected.dx)).toBeLessThan(float32Tolerance);
    expect(relativeError(dFilter!, expected.dFilter)).toBeLessThan(float32Tolerance);
  });

  it('leave no tensor behind', async () => {
    const { kernels } = setUp(oddCases[3]!);
    await valuesOn('wasm', kernels);
    const before = { tensors: memory().numTensors, data: engine().backend.numDataIds() };
    await valuesOn('wasm', kernels);
    expect({ tensors: memory().numTensors, data: engine().backend.numDataIds() }).toEqual(before);
  });

  it('refuse channels first', async () => {
    const { kernels, ...rest } = setUp(oddCases[0]!);
    await valuesOn('wasm', kernels);
    expect(() => convGeometry(rest.inShape, rest.filterShape, { strides: 1, pad: 'same', dataFormat: 'NCHW' })).toThrow(
      /channels first/,
    );
  });
});
