import type { BenchCase } from './benchCase';
import type { BenchOptions } from './benchOptions';
import { snnlCases } from './snnlCases';
import { trainCases } from './trainCases';

/** The cases that the options ask for, in the order in which they run. */
export function benchCases({ only, quick, backend }: BenchOptions): BenchCase[] {
  const all = [...snnlCases(quick), ...trainCases(quick)];
  return all
    .filter(({ name }) => name.includes(only))
    .filter(({ variants }) => backend === null || !hasOther(variants, backend));
}

/** Whether a case needs the lab on the backend that was not asked for. */
function hasOther(variants: BenchCase['variants'], backend: 'wasm' | 'webgpu'): boolean {
  const other = backend === 'wasm' ? ['lab-webgpu'] : ['lab-wasm', 'stock-wasm'];
  return Object.values(variants).some(({ runner }) => other.includes(runner));
}
