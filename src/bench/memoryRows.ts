import type { BenchRow } from './readRow';
import type { TensorMemory } from './worker/benchProtocol';

/** The name by which `--only` finds these rows. */
export const memoryCaseName = 'memory after rounds';

/** Tensors and bytes that are alive after a run of three rounds, over those after a run of one: equal when nothing leaks. */
export function memoryRows([afterOne, afterThree]: TensorMemory[]): BenchRow[] {
  return (['tensors', 'bytes'] as const).map((what) => {
    const ratio = afterThree![what] / afterOne![what];
    return { name: `${what} after 3 rounds / after 1, WASM`, ratio, bar: { equal: 1 }, ok: ratio === 1 };
  });
}
