import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { runKernelThreads } from '../runThreads';

interface MapRequest {
  /** Names the code: the same name, the same expression. */
  name: string;
  inputs: Record<string, TensorInfo>;
  shape: number[];
  numbers?: Record<string, number>;
  /** WGSL of the value at `i`, whose column is `c`; `uniforms` holds `columns` and the numbers. */
  code: string;
}

/** One value for each place of a tensor, in one pass; `code` may hold several statements and ends with `return`. */
export function mapValues(backend: WebGPUBackend, { name, inputs, shape, numbers, code }: MapRequest): TensorInfo {
  return runKernelThreads(backend, {
    name: `map-${name}`,
    inputs,
    uniforms: { i32: { columns: shape.at(-1) ?? 1 }, f32: numbers },
    outputShape: shape,
    threads: util.sizeFromShape(shape),
    code: `
      fn value(i : i32, c : i32) -> f32 {
        ${code}
      }

      fn work(i : i32) { result[i] = value(i, i % uniforms.columns); }`,
  });
}
