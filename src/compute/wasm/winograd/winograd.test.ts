import { conv2d, engine, fused, memory, type Tensor1D, type Tensor4D, tensor, tensor4d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../foundation/random';
import { float32Tolerance, relativeError, startWasmAndCpu, valuesOn } from '../../../testing/computeOn';
import { conv2DGradientsReference } from '../conv2DGradients.reference';
import { convGeometry } from '../convGeometry';
import { isWinogradConvolution } from './isWinogradConvolution';

interface Case {
  batch: number;
  size: [number, number];
  channels: [number, number];
  pad: 'same' | 'valid' | [[number, number], [number, number], [number, number], [number, number]];
}

const cases: Case[] = [
  { batch: 2, size: [8, 8], channels: [8, 8], pad: 'same' },
  { batch: 1, size: [5, 7], channels: [9, 11], pad: 'same' },
  { batch: 3, size: [6, 6], channels: [16, 12], pad: 'valid' },
  // Pruned layers: any number of channels.
  { batch: 2, size: [20, 18], channels: [13, 61], pad: 'same' },
  { batch: 2, size: [4, 4], channels: [127, 125], pad: 'same' },
  // One tile, and less than one.
  { batch: 2, size: [2, 2], channels: [33, 40], pad: 'same' },
  { batch: 5, size: [1, 1], channels: [8, 8], pad: 'same' },
  // Blocks that end within an image, rows wider than a block, several images in a block.
  { batch: 2, size: [36, 34], channels: [8, 16], pad: 'same' },
  { batch: 1, size: [3, 300], channels: [64, 72], pad: 'same' },
  { batch: 40, size: [3, 3], channels: [8, 9], pad: 'same' },
  {
    batch: 1,
    size: [6, 5],
    channels: [8, 8],
    pad: [
      [0, 0],
      [2, 1],
      [0, 2],
      [0, 0],
    ],
  },
];

const random = (length: number, purpose: string) => {
  const stream = createRandom(7, 'winograd', purpose);
  return Float32Array.from({ length }, () => stream.normal());
};
const product = (shape: number[]) => shape.reduce((a, b) => a * b, 1);
const label = ({ batch, size, channels, pad }: Case) =>
  `${batch}×${size.join('×')}, ${channels.join('→')}, ${JSON.stringify(pad)}`;

function setUp({ batch, size, channels: [inChannels, outChannels], pad }: Case) {
  const inShape: [number, number, number, number] = [batch, ...size, inChannels];
  const filterShape: [number, number, number, number] = [3, 3, inChannels, outChannels];
  const geometry = convGeometry(inShape, filterShape, { strides: 1, pad });
  const outShape: [number, number, number, number] = [batch, geometry.outHeight, geometry.outWidth, outChannels];
  const [x, filter, dy, bias] = [inShape, filterShape, outShape, [outChannels]].map((shape, index) =>
    random(product(shape), `values ${index}`),
  ) as [Float32Array, Float32Array, Float32Array, Float32Array];
  return { x, filter, dy, bias, inShape, filterShape, outShape, geometry, pad };
}

describe('a 3×3 convolution by Winograd’s method', () => {
  beforeAll(startWasmAndCpu);

  it.each(cases.map((c) => [label(c), c] as const))('equals that of the cpu backend: %s', async (_, c) => {
    const { x, filter, bias, inShape, filterShape, geometry, pad } = setUp(c);
    expect(isWinogradConvolution(geometry)).toBe(true);
    const convolve = () => {
      const [tx, tf] = [tensor4d(x, inShape), tensor4d(filter, filterShape)];
      const tb = tensor(bias) as Tensor1D;
      return [
        conv2d(tx, tf, 1, pad),
        fused.conv2d({ x: tx, filter: tf, strides: 1, pad, bias: tb }),
        fused.conv2d({ x: tx, filter: tf, strides: 1, pad, bias: tb, activation: 'relu' }),
      ];
    };
    const expected = await valuesOn('cpu', convolve);
    const actual = await valuesOn('wasm', convolve);
    for (const [index, values] of actual.entries()) {
      expect(relativeError(values, expected[index]!)).toBeLessThan(float32Tolerance);
    }
  });

  it.each(cases.map((c) => [label(c), c] as const))('has the gradients of the definition: %s', async (_, c) => {
    const { x, filter, dy, inShape, filterShape, outShape, geometry, pad } = setUp(c);
    const expected = conv2DGradientsReference(x, filter, dy, geometry);
    const attrs = { strides: 1, pad, dataFormat: 'NHWC', inputShape: inShape, filterShape };
    const [dx, dFilter] = await valuesOn('wasm', () => {
      const [tx, tf, tdy] = [tensor4d(x, inShape), tensor4d(filter, filterShape), tensor4d(dy, outShape)];
      return [
        engine().runKernel<Tensor4D>('Conv2DBackpropInput', { dy: tdy, filter: tf }, attrs),
        engine().runKernel<Tensor4D>('Conv2DBackpropFilter', { x: tx, dy: tdy }, attrs),
      ];
    });
    expect(relativeError(dx!, expected.dx)).toBeLessThan(float32Tolerance);
    expect(relativeError(dFilter!, expected.dFilter)).toBeLessThan(float32Tolerance);
  });

  it('leaves no memory behind', async () => {
    const { x, filter, inShape, filterShape } = setUp(cases[0]!);
    const convolve = () => [conv2d(tensor4d(x, inShape), tensor4d(filter, filterShape), 1, 'same')];
    await valuesOn('wasm', convolve);
    const before = { tensors: memory().numTensors, data: engine().backend.numDataIds() };
    await valuesOn('wasm', convolve);
    expect({ tensors: memory().numTensors, data: engine().backend.numDataIds() }).toEqual(before);
  });

  it.each([
    { strides: 2, pad: 'same' as const, kernel: 3, channels: 8 },
    { strides: 1, pad: 'same' as const, kernel: 5, channels: 8 },
    { strides: 1, pad: 'same' as const, kernel: 3, channels: 3 },
  ])('is not used for %j', ({ strides, pad, kernel, channels }) => {
    const geometry = convGeometry([1, 8, 8, channels], [kernel, kernel, channels, 8], { strides, pad });
    expect(isWinogradConvolution(geometry)).toBe(false);
  });
});
