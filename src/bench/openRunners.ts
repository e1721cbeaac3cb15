import type { Runner } from './benchCase';
import { openBenchPage } from './openBenchPage';
import { openTorch } from './openTorch';
import type { BenchRunners } from './runCase';

/** All runners, the browser's and PyTorch. */
export interface OpenRunners extends BenchRunners {
  browserVersion: string;
  torchVersion: string | null;
  /** Devices in their own words, by runner, as far as they were asked for anything. */
  devices: Partial<Record<Runner, string>>;
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
  return {
    browserVersion: page.browserVersion,
    torchVersion: torch.version,
    devices,
    async obstacle(runner) {
      if (runner === 'torch') return torch.version === null ? 'no PyTorch here' : null;
      if (started.has(runner)) return null;
      try {
        devices[runner] = String(await page.call(runner, { do: 'start', runner }));
        started.add(runner);
        return null;
      } catch (error) {
        return error instanceof Error ? error.message.split('\n')[0]! : String(error);
      }
    },
    async measure(runner, work, leastMs) {
      if (runner === 'torch') return torch.measure(work, leastMs);
      return Number(await page.call(runner, { do: 'measure', work, leastMs }));
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
