import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Work } from './benchCase';

/** PyTorch on one thread, in a process of its own that stays ready between the turns. */
export interface TorchProcess {
  /** Null when there is no PyTorch here. */
  version: string | null;
  measure(work: Work, leastMs: number): Promise<number>;
  close(): void;
}

interface TorchAnswer {
  version?: string;
  ms?: number;
  error?: string;
}

const python = process.env.BENCH_PYTHON ?? '/usr/bin/python3';
const script = 'scripts/bench/torchBaseline.py';

/** Starts Python and waits for its first line. */
export async function openTorch(): Promise<TorchProcess> {
  const child = spawn(python, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' },
  });
  const waiting: ((answer: TorchAnswer) => void)[] = [];
  const next = () => new Promise<TorchAnswer>((resolve) => waiting.push(resolve));
  const endWith = (error: string) => {
    for (const resolve of waiting.splice(0)) resolve({ error });
  };
  const first = next();
  child.on('error', (error) => endWith(error.message));
  child.on('exit', () => endWith('Python ended.'));
  child.stdin.on('error', () => undefined);
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.(JSON.parse(line) as TorchAnswer));
  const { version = null } = await first;
  return {
    version,
    async measure(work, leastMs) {
      const answer = next();
      child.stdin.write(`${JSON.stringify({ work, leastMs })}\n`);
      const { ms, error } = await answer;
      if (ms === undefined) throw new Error(`PyTorch: ${error}`);
      return ms;
    },
    close: () => void child.kill(),
  };
}
