import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { LabError } from '../../../foundation/labError';
import { assemble, hasFusedMultiplyAdd } from './assemble';
import { columnProducts, columnSums, combineRows, reluGradient, scaleRows } from './columnKernels';
import { copyRows } from './copyRows';
import { filterGradientTiles } from './filterGradientTiles';
import { largestOfWindow } from './largestOfWindow';
import { matrixTiles } from './matrixTiles';
import { gatherPoints, softMinimum, squaredDistances } from './snnlKernels';
import {
  winogradFilter,
  winogradFilterGradient,
  winogradInput,
  winogradOutput,
  winogradOutputGradient,
} from './winogradTransforms';

const functions = {
  gatherPoints,
  softMinimum,
  squaredDistances,
  columnProducts,
  columnSums,
  combineRows,
  reluGradient,
  scaleRows,
  copyRows,
  filterGradientTiles,
  largestOfWindow,
  matrixTiles,
  winogradInput,
  winogradFilter,
  winogradOutput,
  winogradOutputGradient,
  winogradFilterGradient,
};

type KernelName = keyof typeof functions;

/** The lab's own vector kernels, working on the memory of tfjs. Arguments are addresses, sizes and steps in bytes. */
export type SimdKernels = Record<KernelName, (...args: number[]) => void>;

const kernelsOf = new WeakMap<BackendWasm, SimdKernels>();

/**
 * The vector kernels over the memory of this backend, compiled on first use.
 * @throws `backend-failed` when the memory of tfjs cannot be reached
 */
export function simdKernels(backend: BackendWasm): SimdKernels {
  const known = kernelsOf.get(backend);
  if (known) return known;
  const module = new WebAssembly.Module(assemble(Object.values(functions), { fused: hasFusedMultiplyAdd() }));
  const { exports } = new WebAssembly.Instance(module, { env: { memory: memoryOf(backend) } });
  const kernels = Object.fromEntries(
    Object.values(functions).map(({ name }) => [name, exported(exports[name])]),
  ) as SimdKernels;
  kernelsOf.set(backend, kernels);
  return kernels;
}

/** Address of a tensor's values in the memory of tfjs. It moves never; views of it end with the next allocation. */
export function addressOf(backend: BackendWasm, tensor: TensorInfo): number {
  return backend.getMemoryOffset(tensor.dataId);
}

function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  const asm: unknown = Reflect.get(backend.wasm, 'asm');
  const memory: unknown = typeof asm === 'object' && asm !== null ? Reflect.get(asm, 'memory') : undefined;
  if (memory instanceof WebAssembly.Memory) return memory;
  throw backendFailed('The memory of the WASM backend cannot be reached.');
}

function exported(value: WebAssembly.ExportValue | undefined): (...args: number[]) => void {
  if (typeof value === 'function') return value as (...args: number[]) => void;
  throw backendFailed('A vector kernel is missing.');
}

function backendFailed(message: string): LabError {
  return new LabError({
    code: 'backend-failed',
    stage: 'starting the WASM kernels',
    message,
    hint: 'Report it with the version of the browser. WebGPU, where there is a GPU, does without these kernels.',
  });
}
