import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Only cases whose names contain it. */
  only: string;
  reps: number;
  /** Small sizes: whether it runs, not how fast. */
  quick: boolean;
  /** Null: WASM, and WebGPU for its own rows. */
  backend: 'wasm' | 'webgpu' | null;
  /** Exit code 1 when a bar is missed. */
  strict: boolean;
  /** File to write. */
  out: string;
}

const leastReps = 5;

/**
 * Reads the flags of `npm run bench`.
 * @throws Error in words for the user
 */
export function parseBenchOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: '' },
      reps: { type: 'string' },
      quick: { type: 'boolean', default: false },
      backend: { type: 'string' },
      strict: { type: 'boolean', default: false },
      out: { type: 'string', default: 'bench.json' },
    },
  });
  const { backend = null } = values;
  if (backend !== null && backend !== 'wasm' && backend !== 'webgpu') {
    throw new Error(`--backend takes wasm or webgpu, not ${backend}.`);
  }
  const reps = Number(values.reps ?? leastReps);
  if (!Number.isInteger(reps) || reps < 1) throw new Error(`--reps takes a whole number from 1, not ${values.reps}.`);
  return { only: values.only, reps, quick: values.quick, backend, strict: values.strict, out: values.out };
}
