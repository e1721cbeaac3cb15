import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { getKernel, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo } from '@tensorflow/tfjs-core';
import { LabError } from '../../foundation/labError';

/** Runs one registered WASM kernel with a single output. */
export type RunKernel = (kernelName: string, inputs: NamedTensorInfoMap, attrs?: NamedAttrMap) => TensorInfo;

/**
 * Runs a composition of WASM kernels and frees every intermediate result.
 *
 * Works below the tape and below `tidy`: a kernel has to return a `TensorInfo` that the engine wraps itself.
 * @param backend the WASM backend that the kernel was called with
 * @param body calls `run` for each kernel and returns one of its results (or a tensor that it made itself)
 * @returns the result of `body`, if any; everything else that `run` made is gone, also when `body` throws
 */
export function composeKernels<Result extends TensorInfo | void>(
  backend: BackendWasm,
  body: (run: RunKernel) => Result,
): Result {
  const made: TensorInfo[] = [];
  let result: Result | undefined;
  const run: RunKernel = (kernelName, inputs, attrs) => {
    const output = getKernel(kernelName, 'wasm').kernelFunc({ inputs, attrs, backend });
    if (Array.isArray(output)) throw internal(`${kernelName} has more than one output.`);
    made.push(output);
    return output;
  };
  try {
    result = body(run);
    return result;
  } finally {
    for (const tensor of made) if (tensor.dataId !== result?.dataId) backend.disposeData(tensor.dataId);
  }
}

/** The backend object as what it is. @throws `internal` when a WASM kernel is called with another backend */
export function wasmBackend(backend: unknown): BackendWasm {
  if (backend instanceof BackendWasm) return backend;
  throw internal('A WASM kernel was called with another backend.');
}

/**
 * The values of a float32 tensor, in place on the WASM heap.
 *
 * Memory growth moves the heap: take the view after the last allocation, and do not keep it.
 */
export function heapFloats(backend: BackendWasm, tensor: TensorInfo): Float32Array {
  const values = backend.typedArrayFromHeap(tensor);
  if (values instanceof Float32Array) return values;
  throw internal(`A WASM kernel needs float32 values and got ${tensor.dtype}.`);
}

/** The input of this name. @throws `internal` when it is missing */
export function requireInput(inputs: NamedTensorInfoMap, name: string): TensorInfo {
  const tensor = inputs[name];
  if (tensor) return tensor;
  throw internal(`A WASM kernel was called without its input "${name}".`);
}

function internal(message: string): LabError {
  return new LabError({
    code: 'internal',
    stage: 'computing on WASM',
    message,
    hint: 'Reload the page. If it happens again, report it with the run record.',
  });
}
