import type { AdapterDescription } from '../compute/describeAdapter';
import type { Runner } from './benchCase';
import { openBenchPage } from './openBenchPage';
import { openTorch } from './openTorch';
import type { BenchRunners } from './runCase';
import type { TensorMemory } from './worker/benchProtocol';

/** All runners, the browser's and PyTorch. */
export interface OpenRunners extends BenchRunners {
  browserVersion: string;
  torchVersion: string | null;
  /** Null when the browser offers no WebGPU. */
  adapter: AdapterDescription | null;
  /** Devices in their own words, by runner, as far as they were asked for anything. */
  devices: Partial<Record<Runner, string>>;
  /** What runs of so many rounds leave behind on WASM. */
  memoryAfter(rounds: number[]): Promise<TensorMemory[]>;
  /** Frees what the browser's runners hold, and ends them; they start again when asked. */
  rest(): Promise<void>;
  close(): Promise<void>;
}

export async function openRunners(): Promise<OpenRunners> {
  const torch = await openTorch();
  const page = await openBenchPage().catch((error: unknown) => {
    torch.close();
    throw error;
  });
  const started = new Set<Runner>();
  const devices: OpenRunners['devices'] = {};
  const adapter = await page.call('lab-webgpu', { do: 'adapter' });

  async function obstacle(runner: Runner): Promise<string | null> {
    if (runner === 'torch') return torch.version === null ? 'no PyTorch here' : null;
    if (started.has(runner)) return null;
    try {
      devices[runner] = await page.call(runner, { do: 'start', runner });
      started.add(runner);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message.split('\n')[0]! : String(error);
    }
  }

  return {
    browserVersion: page.browserVersion,
    torchVersion: torch.version,
    adapter,
    devices,
    obstacle,
    measure(runner, work, leastMs) {
      if (runner === 'torch') return torch.measure(work, leastMs);
      return page.call(runner, { do: 'measure', work, leastMs });
    },
    async memoryAfter(rounds) {
      const problem = await obstacle('lab-wasm');
      if (problem) throw new Error(problem);
      return page.call('lab-wasm', { do: 'memory-after', rounds });
    },
    async rest() {
      started.clear();
      await page.endWorkers();
    },
    async close() {
      torch.close();
      await page.close();
    },
  };
}
