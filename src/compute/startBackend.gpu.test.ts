import { expect, it, vi } from 'vitest';
import { startCompute } from './startCompute';

// In a file of its own: tfjs starts WASM once in a page, well or not.
it('names the server that has gone where WASM cannot start for want of its binary', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  // Nothing listens on this port.
  await expect(startCompute({ prefer: 'wasm', wasmPath: 'http://127.0.0.1:9/wasm/' })).rejects.toMatchObject({
    code: 'server-unreachable',
    message: 'The lab’s own server does not answer: tfjs-backend-wasm-simd.wasm could not be read.',
  });
});
