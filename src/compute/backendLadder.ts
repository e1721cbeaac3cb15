import type { BackendName } from './backendName';
import { describeAdapter } from './describeAdapter';
import { noBackend } from './noBackend';
import { hasFusedMultiplyAdd } from './wasm/simd/assemble';

/** A backend that may be used here. */
export interface BackendCandidate {
  backend: BackendName;
  /** The adapter's own words on WebGPU, the instruction set on WASM. */
  device: string;
  /** Why this backend, in plain words for the user. */
  reason: string;
}

/**
 * The backends to try, best first: WebGPU on a real GPU, then WASM. A GPU that is rendered in software is passed over
 * unless it is asked for.
 * @param prefer a backend to use whatever is faster: then it is the only one. `cpu` is for tests only: it is never
 *   chosen by itself
 * @throws `no-backend` when WebGPU is asked for and this browser has none: nothing is chosen silently
 */
export async function backendLadder(prefer?: BackendName): Promise<BackendCandidate[]> {
  if (prefer === 'cpu') {
    const reason = 'The plain JavaScript backend was asked for.';
    return [{ backend: 'cpu', device: 'CPU (plain JavaScript)', reason }];
  }
  if (prefer === 'wasm') return [wasm('WASM was asked for.')];
  const adapter = await describeAdapter();
  if (prefer === 'webgpu') {
    if (!adapter) throw noBackend('webgpu', 'this browser offers no WebGPU adapter');
    return [{ backend: 'webgpu', device: adapter.device, reason: 'WebGPU was asked for.' }];
  }
  if (!adapter) return [wasm('No GPU adapter: this browser offers no WebGPU here.')];
  if (adapter.isSoftware) {
    const words = `the browser offers software rendering only (${adapter.device}); WASM is faster`;
    return [wasm(`No GPU adapter: ${words}.`)];
  }
  return [
    { backend: 'webgpu', device: adapter.device, reason: 'A GPU adapter is present.' },
    wasm('WASM is used instead.'),
  ];
}

function wasm(reason: string): BackendCandidate {
  return {
    backend: 'wasm',
    device: `CPU (SIMD${hasFusedMultiplyAdd() ? ' + FMA' : ''}, 1 thread)`,
    reason: `${reason} One thread: the threaded build is not used.`,
  };
}
