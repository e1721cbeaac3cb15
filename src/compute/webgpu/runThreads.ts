import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor } from '@tensorflow/tfjs-core';
import { flat, flatIndex } from './flatDispatch';
import { runShader, type Shader } from './runShader';

/** A shader whose threads work each for itself, without a barrier. */
export interface ThreadShader extends Omit<Shader, 'workgroupSize' | 'workgroups'> {
  /** How many threads; as many as needed, a device's limit per axis is seen to. */
  threads: number;
  /** WGSL with a function `work(thread : i32)`; neighbouring threads run side by side. */
  code: string;
}

/** Runs `work` once for each thread. @returns float32 values of `outputShape` */
export function runThreads(backend: WebGPUBackend, { threads, uniforms, code, ...shader }: ThreadShader): Tensor {
  return runShader(backend, {
    ...shader,
    uniforms: { ...uniforms, i32: { ...uniforms.i32, threads } },
    workgroupSize: [64, 1],
    workgroups: flat(threads),
    code: `
      ${code}
      ${flatIndex}
      fn main() {
        let thread = flatIndex();
        if (thread < uniforms.threads) { work(thread); }
      }`,
  });
}
