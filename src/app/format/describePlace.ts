import type { Environment } from '../../recipe/runRecord';

/** Where something was computed: `wasm, SIMD, 1 thread, Chromium 141`. */
export function describePlace({ backend, device, host }: Pick<Environment, 'backend' | 'device' | 'host'>): string {
  return [backend, device, host].filter((part) => part !== undefined).join(', ');
}
