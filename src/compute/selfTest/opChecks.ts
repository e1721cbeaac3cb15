import {
  add,
  avgPool,
  batchNorm,
  depthwiseConv2d,
  fused,
  grads,
  image,
  losses,
  max,
  maxPool,
  mean,
  mul,
  relu,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
  tensor,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import constants from './golden/constants.json';
import type { SelfTestCheck } from './selfTestCheck';
import { wave } from './wave';

/**
 * Every operation that the lab's networks are made of, forward and gradient. The shapes are small and odd: a stride that
 * pads one side only, 8 channels so that a fast method for 3×3 filters is the one that runs.
 */
export const opChecks: readonly SelfTestCheck[] = [
  check('convolution 3×3', { input: [1, 5, 6, 8], filter: [3, 3, 8, 8], bias: [8] }, convolution(1)),
  check('convolution 3×3, stride 2', { input: [2, 6, 6, 3], filter: [3, 3, 3, 4], bias: [4] }, convolution(2)),
  check('convolution 7×7, stride 2', { input: [1, 8, 8, 2], filter: [7, 7, 2, 3], bias: [3] }, convolution(2)),
  check('convolution 1×1', { input: [2, 3, 3, 5], filter: [1, 1, 5, 3], bias: [3] }, convolution(1)),
  check('depthwise convolution 3×3', { input: [1, 4, 4, 3], filter: [3, 3, 3, 1] }, (x, filter) =>
    depthwiseConv2d(x as Tensor4D, filter as Tensor4D, 1, 'same'),
  ),
  check('max pooling 2×2', { input: [1, 4, 4, 3] }, (x) => maxPool(x as Tensor4D, 2, 2, 'same')),
  check('max pooling 3×3, stride 2', { input: [1, 6, 6, 2] }, (x) => maxPool(x as Tensor4D, 3, 2, 'same')),
  check('average pooling 2×2', { input: [1, 4, 4, 3] }, (x) => avgPool(x as Tensor4D, 2, 2, 'same')),
  check('average pooling 3×3, stride 2', { input: [2, 5, 5, 3] }, (x) => avgPool(x as Tensor4D, 3, 2, 'same')),
  check('global average pooling', { input: [2, 2, 2, 3] }, (x) => mean(x, [1, 2])),
  check('global max pooling', { input: [2, 3, 3, 2] }, (x) => max(x, [1, 2])),
  check('repeated pixels', { input: [2, 3, 2, 2] }, (x) => image.resizeNearestNeighbor(x as Tensor4D, [6, 4])),
  check('ReLU', { input: [2, 3, 3, 2] }, relu),
  check('batch normalisation in training', { input: [2, 3, 3, 4], gamma: [4], beta: [4] }, normalizeInTraining),
  check(
    'batch normalisation',
    { input: [2, 3, 3, 4], mean: [4], spread: [4], beta: [4], gamma: [4] },
    (x, average, spread, beta, gamma) =>
      batchNorm(x, average as Tensor1D, add(spread, 2) as Tensor1D, beta as Tensor1D, gamma as Tensor1D, 1e-3),
  ),
  check('dense layer', { input: [3, 5], weights: [5, 4], bias: [4] }, (x, weights, bias) =>
    fused.matMul({ a: x, b: weights, bias, transposeA: false, transposeB: false }),
  ),
  check('softmax cross-entropy', { logits: [3, 4] }, (logits) =>
    losses.softmaxCrossEntropy(tensor2d([0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0], [3, 4]), logits as Tensor2D),
  ),
];

/** An operation on waves, with the gradients of Σ output · wave 9. */
function check(
  name: keyof typeof constants,
  shapes: Record<string, number[]>,
  operation: (...inputs: Tensor[]) => Tensor,
): SelfTestCheck {
  const makeInputs = () => Object.values(shapes).map((shape, index) => waveTensor(shape, index + 1));
  const loss = (...inputs: Tensor[]) => {
    const output = operation(...inputs);
    return sum(mul(output, waveTensor(output.shape, 9)));
  };
  return {
    name,
    expected: constants[name] as Record<string, number[]>,
    compute: async () => {
      const parts = tidy(() => {
        const inputs = makeInputs();
        const gradients = grads(loss)(inputs);
        const named = Object.keys(shapes).map((input, index) => [`gradient of ${input}`, gradients[index]!]);
        return { output: operation(...inputs), ...(Object.fromEntries(named) as Record<string, Tensor>) };
      });
      const values = Object.entries(parts).map(async ([part, result]) => {
        const numbers = await result.data<'float32'>();
        result.dispose();
        return [part, numbers] as const;
      });
      return Object.fromEntries(await Promise.all(values));
    },
  };
}

function waveTensor(shape: number[], phase: number): Tensor {
  return tensor(
    wave(
      shape.reduce((a, b) => a * b, 1),
      phase,
    ),
    shape,
  );
}

/** As a Conv2D layer computes it. */
function convolution(strides: number) {
  return (x: Tensor, filter: Tensor, bias: Tensor) =>
    fused.conv2d({ x: x as Tensor4D, filter: filter as Tensor4D, strides, pad: 'same', bias });
}

/** As a BatchNormalization layer computes it in training, with gamma and beta from outside. */
function normalizeInTraining(x: Tensor, gamma: Tensor, beta: Tensor): Tensor {
  const layer = layers.batchNormalization({ epsilon: 1e-3 });
  layer.build(x.shape);
  Object.assign(layer, { gamma: { read: () => gamma }, beta: { read: () => beta } });
  const output = layer.call(x, { training: true }) as Tensor;
  for (const weight of layer.weights) weight.dispose();
  return output;
}
