import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { flat, flatIndex } from '../flatDispatch';
import { runKernelShader } from '../runShader';

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
  const count = util.sizeFromShape(shape);
  return runKernelShader(backend, {
    name: `map-${name}`,
    inputs,
    uniforms: { i32: { columns: shape.at(-1) ?? 1, places: count }, f32: numbers },
    outputShape: shape,
    workgroupSize: [64, 1],
    workgroups: flat(count),
    code: `
      fn value(i : i32, c : i32) -> f32 {
        ${code}
      }

      fn main() {
        let i = flatIndex();
        if (i < uniforms.places) { result[i] = value(i, i % uniforms.columns); }
      }
      ${flatIndex}`,
  });
}
