import { concat, grad, mul, reshape, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';

/** An operation on one tensor, and the values at which its slope is taken. */
export interface SlopeCase {
  name: string;
  shape: number[];
  operation: (x: Tensor) => Tensor;
}

/** Values are whole numbers, all of them different; half a step to either side changes no order. */
const shift = 0.25;

/**
 * The gradient of Σ operation(x) · dy on the backend in use, and the same by central differences that JavaScript adds up in
 * float64. The differences are exact, but for rounding, where the operation is linear between neighbouring whole numbers, as
 * averages, maxima, repetitions and convolutions are.
 *
 * @returns both, one value for each of x
 */
export async function slopeOf({ shape, operation }: SlopeCase): Promise<{ gradient: number[]; differences: number[] }> {
  const size = shape.reduce((a, b) => a * b, 1);
  const values = Float32Array.from({ length: size }, (_, i) => ((i * 29) % size) - Math.floor(size / 2));
  if (new Set(values).size !== size) throw new Error(`29 divides the ${size} values: some would be equal`);
  const outputShape = tidy(() => operation(tensor(values, shape)).shape);
  const factors = Float32Array.from({ length: outputShape.reduce((a, b) => a * b, 1) }, (_, i) =>
    Math.sin(0.7 * i + 1),
  );

  const loss = (x: Tensor) => sum(mul(operation(x), tensor(factors, outputShape)));
  const gradient = await read(tidy(() => grad(loss)(tensor(values, shape))));

  const outputs = await read(
    tidy(() => {
      const shifted = [...values.keys()].flatMap((at) =>
        [shift, -shift].map((by) => values.map((value, i) => (i === at ? value + by : value))),
      );
      return concat(shifted.map((each) => reshape(operation(tensor(each, shape)), [-1])));
    }),
  );
  const lossAt = (index: number) =>
    factors.reduce((total, factor, i) => total + factor * outputs[index * factors.length + i]!, 0);
  const differences = [...values.keys()].map((at) => (lossAt(2 * at) - lossAt(2 * at + 1)) / (2 * shift));
  return { gradient, differences };
}

async function read(values: Tensor): Promise<number[]> {
  const numbers = Array.from(await values.data());
  values.dispose();
  return numbers;
}
