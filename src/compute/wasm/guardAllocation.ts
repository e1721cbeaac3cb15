import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { LabError } from '../../foundation/labError';
import { wasmMemoryBytes } from '../memoryLimits';

/** The parts of the WASM module that matter here; tfjs does not declare them. */
interface WasmModule {
  _malloc(bytes: number): number;
  _free(address: number): void;
  HEAPU8: Uint8Array;
}

const guarded = new WeakSet<object>();

/**
 * Makes tfjs notice a full WASM memory. It takes whatever address the allocation gives, also the 0 that means there was no
 * room, and writes there: over its own data, with wrong values and no word of it. May be called again.
 * @throws `out-of-memory` from any operation that finds no room, once this is done
 */
export function guardAllocation(backend: BackendWasm): void {
  const wasm = backend.wasm as unknown as WasmModule;
  if (guarded.has(wasm)) return;
  guarded.add(wasm);
  // The first call puts the real function in the place of a stub, and would put it in the place of ours.
  wasm._free(wasm._malloc(1));
  const allocate = wasm._malloc;
  wasm._malloc = (bytes) => {
    // A size above what 32 bits hold would be cut to what is left of it.
    const address = bytes > wasmMemoryBytes ? 0 : allocate(bytes);
    if (address === 0 && bytes > 0) throw outOfMemory(bytes, wasm.HEAPU8.length);
    return address;
  };
}

function outOfMemory(bytes: number, heapBytes: number): LabError {
  return new LabError({
    code: 'out-of-memory',
    stage: 'computing on WASM',
    message: `The WASM memory is full: ${Math.ceil(bytes / 2 ** 20)} MiB more were wanted.`,
    hint: 'Use a smaller batch, smaller images or a narrower network, then go on from the last checkpoint.',
    details: { wantedBytes: bytes, heapBytes },
  });
}
