import type { AdapterDescription } from '../compute/describeAdapter';
import type { BenchCase } from './benchCase';
import type { BenchOptions } from './benchOptions';
import { snnlCases } from './snnlCases';
import { statisticsCases } from './statisticsCases';
import { trainCases } from './trainCases';

type Asked = Pick<BenchOptions, 'only' | 'quick' | 'backend'>;

/**
 * The cases that the options ask for, in the order in which they run. On WebGPU all of them where there is a GPU, and
 * two in small where it is rendered in software.
 */
export function benchCases({ only, quick, backend }: Asked, adapter: AdapterDescription | null): BenchCase[] {
  const size = quick ? 'quick' : 'full';
  const onWasm =
    backend === 'webgpu' ? [] : [...statisticsCases(size), ...snnlCases('wasm', size), ...trainCases('wasm', size)];
  const onWebGpu = backend === 'wasm' || !adapter ? [] : webGpuCases(adapter, size);
  const cases = [...onWasm, ...onWebGpu].filter(({ name }) => name.includes(only));
  return quick ? cases.map(withoutBars) : cases;
}

function webGpuCases({ isSoftware }: AdapterDescription, size: 'full' | 'quick'): BenchCase[] {
  if (isSoftware) return [...snnlCases('webgpu', 'software'), ...trainCases('webgpu', 'software')];
  return [...snnlCases('webgpu', size), ...trainCases('webgpu', size)];
}

/** Small sizes say whether it runs, not how fast. */
function withoutBars(plan: BenchCase): BenchCase {
  return { ...plan, rows: plan.rows.map((row) => ({ ...row, bar: null })) };
}
