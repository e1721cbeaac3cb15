import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { add, backend, type TensorInfo, tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startWasmAndCpu } from '../../testing/computeOn';
import { memoryLimits } from '../memoryLimits';
import { guardAllocation } from './guardAllocation';

const gibibyte = 2 ** 30;

beforeAll(startWasmAndCpu);

describe('a full WASM memory', () => {
  it('is an error by name, not a result written over other data, and leaves what is there in order', async () => {
    const wasm = backend() as BackendWasm;
    const take = (bytes: number): TensorInfo => wasm.makeOutput([bytes / 4], 'float32');
    const kept = tensor1d([1, 2, 3]);
    const large = take(2.5 * gibibyte);
    expect(() => take(2.5 * gibibyte)).toThrow(
      expect.objectContaining({
        code: 'out-of-memory',
        message: 'The WASM memory is full: 2560 MiB more were wanted.',
      }),
    );
    wasm.disposeData(large.dataId);
    expect(Array.from(await add(kept, 1).data())).toEqual([2, 3, 4]);
    expect(() => wasm.disposeData(take(2 * gibibyte).dataId)).not.toThrow();
  });

  it('is also found where the size alone is more than there can ever be', () => {
    expect(memoryLimits()).toEqual({ bytes: 4_294_901_760, tensorBytes: 4_294_901_760 });
    const take = (bytes: number) => () => (backend() as BackendWasm).makeOutput([bytes / 4], 'float32');
    // 4 GiB, of which 32 bits leave 0; and 4 GiB and 16 bytes, of which they leave 16.
    expect(take(4 * gibibyte)).toThrow(expect.objectContaining({ code: 'out-of-memory' }));
    expect(take(4 * gibibyte + 16)).toThrow(expect.objectContaining({ code: 'out-of-memory' }));
  });

  it('is guarded once, however often it is asked for', () => {
    const { wasm } = backend() as unknown as { wasm: { _malloc: unknown } };
    const guarded = wasm._malloc;
    guardAllocation(backend() as BackendWasm);
    expect(wasm._malloc).toBe(guarded);
  });
});
