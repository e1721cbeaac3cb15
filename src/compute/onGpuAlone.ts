import { env } from '@tensorflow/tfjs-core';

const flag = 'WEBGPU_CPU_FORWARD';

/**
 * Does work with tfjs kept from computing small tensors on the CPU in WebGPU's name, which would check nothing. Without
 * effect on other backends.
 */
export async function onGpuAlone<T>(work: () => Promise<T>): Promise<T> {
  const before = env().getBool(flag);
  env().set(flag, false);
  try {
    return await work();
  } finally {
    env().set(flag, before);
  }
}
