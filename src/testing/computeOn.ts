import { setBackend, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import { startCompute } from '../compute/startCompute';

/** Starts WASM as the lab does, and the plain `cpu` backend beside it as the oracle. */
export async function startWasmAndCpu(): Promise<void> {
  await startCompute({ prefer: 'cpu', wasmPath: '' });
  await startCompute({ prefer: 'wasm', wasmPath: `${wasmFolder()}/` });
}

/** Values of the tensors that `compute` makes on one backend. Every tensor is gone afterwards. */
export async function valuesOn(backend: 'wasm' | 'cpu' | 'webgpu', compute: () => Tensor[]): Promise<number[][]> {
  if (!(await setBackend(backend))) throw new Error(`${backend} did not start`);
  const tensors = tidy(compute);
  const values = await Promise.all(tensors.map(async (tensor) => Array.from(await tensor.data())));
  for (const tensor of tensors) tensor.dispose();
  return values;
}

/** Largest |a - b| over max(1, largest |b|): an error relative to the scale of the whole result. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let error = 0;
  let scale = 1;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    error = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(error, difference);
    scale = Math.max(scale, Math.abs(expected[i]!));
  }
  return error / scale;
}

/** float32 sums of up to some thousand terms in another order: a few parts in a million of the result's scale. */
export const float32Tolerance = 5e-6;
