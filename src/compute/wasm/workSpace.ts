import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { heapFloats } from './kernelScope';
import { addressOf } from './simd/simdKernels';

/** Named stretches of one piece of the WASM heap. */
export interface WorkSpace<Name extends string> {
  /** Address of a stretch, in bytes. */
  address: Record<Name, number>;
  /** The values of a stretch. Not valid after another allocation. */
  values: Record<Name, Float32Array>;
  dispose(): void;
}

/**
 * Takes working memory for one kernel call. Whatever the call allocates must be allocated before.
 * @param sizes values of each stretch
 * @param zeroed the stretches that are to be 0 at first; the others hold anything
 */
export function openWorkSpace<Name extends string>(
  backend: BackendWasm,
  sizes: Record<Name, number>,
  zeroed: readonly NoInfer<Name>[] = [],
): WorkSpace<Name> {
  const names = Object.keys(sizes) as Name[];
  // Vectors are loaded fastest from whole cache lines.
  const room = (size: number) => Math.ceil(size / 16) * 16;
  const total = names.reduce((sum, name) => sum + room(sizes[name]), 0);
  const memory: TensorInfo = backend.makeOutput([total], 'float32');
  const all = heapFloats(backend, memory);
  const start = addressOf(backend, memory);
  const address = {} as Record<Name, number>;
  const values = {} as Record<Name, Float32Array>;
  let at = 0;
  for (const name of names) {
    address[name] = start + at * 4;
    values[name] = all.subarray(at, at + sizes[name]);
    at += room(sizes[name]);
  }
  for (const name of zeroed) values[name].fill(0);
  return { address, values, dispose: () => backend.disposeData(memory.dataId) };
}
