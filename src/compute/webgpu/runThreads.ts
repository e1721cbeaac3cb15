import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { runKernelShader, runShader, type Shader } from './runShader';

/** A shader whose threads work each for itself, without a barrier. */
export interface ThreadShader extends Omit<Shader, 'workgroupSize' | 'workgroups'> {
  /** How many threads; as many as needed, a device's limit per axis is seen to. */
  threads: number;
  /** WGSL with a function `work(thread : i32)`; neighbouring threads run side by side. */
  code: string;
}

const groupSize = 64;
/** Most workgroups along one axis. */
const axisLimit = 65_535;

/** Runs `work` once for each thread. @returns float32 values of `outputShape` */
export function runThreads(backend: WebGPUBackend, shader: ThreadShader): Tensor {
  return runShader(backend, withThreads(shader));
}

/** As `runThreads`, inside a kernel, where tfjs makes the tensor, and the kernel frees what lies between. */
export function runKernelThreads(backend: WebGPUBackend, shader: ThreadShader): TensorInfo {
  return runKernelShader(backend, withThreads(shader));
}

function withThreads({ threads, uniforms, code, ...shader }: ThreadShader): Shader {
  const groups = Math.ceil(threads / groupSize);
  const rows = Math.ceil(groups / axisLimit);
  return {
    ...shader,
    uniforms: { ...uniforms, i32: { ...uniforms.i32, threads } },
    workgroupSize: [groupSize, 1],
    workgroups: [Math.ceil(groups / rows), rows],
    code: `
      ${code}
      fn main() {
        let thread = i32((workgroupId.y * numWorkgroups.x + workgroupId.x) * ${groupSize}u + localId.x);
        if (thread < uniforms.threads) { work(thread); }
      }`,
  };
}
