import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { type BenchRow, median } from './readRow';

/** The name by which `--only` finds this row. */
export const startCaseName = 'lab run, start to first round';

const mostMs = 3000;
/** As in README, with one round of one arm and one epoch: what is computed does not count. */
const settings = {
  model: 'demo-baseline',
  run: { pruning: { ratio: 0.02, rounds: 1 }, fineTune: { epochs: 1 }, arms: ['snnl'] },
};
const lookEveryMs = 20;
const recordSchema = z.object({ arms: z.array(z.object({ rounds: z.array(z.object({ elapsedMs: z.number() })) })) });
const lineSchema = z.object({ kind: z.string(), stage: z.optional(z.string()) });

/**
 * Types `npm run lab -- run` on the whole demo with a store of its own: the median time from its start to its first round in
 * `run.json`, less what it computed (scores and evaluation of the unpruned network, the round), over 3 s. The start of npm, Node
 * and the engine with its self-test, the generation of the demo and the loading of the network are in it.
 */
export async function startRow(reps: number): Promise<{ timesMs: number[]; row: BenchRow }> {
  const timesMs: number[] = [];
  // The first turn is not measured, as in every case.
  for (let turn = 0; turn <= reps; turn++) {
    const timeMs = await timeOfStart();
    if (turn > 0) timesMs.push(timeMs);
  }
  const ratio = median(timesMs) / mostMs;
  return {
    timesMs,
    row: { name: `${startCaseName}, less computing / 3 s, Node`, ratio, bar: { atMost: 1 }, ok: ratio <= 1 },
  };
}

async function timeOfStart(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-bench-start-'));
  try {
    const [config, out, store] = ['config.json', 'out', 'store'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await writeFile(config, JSON.stringify(settings));
    const argv = [
      'run',
      '--silent',
      'lab',
      '--',
      'run',
      config,
      '--data',
      'demo',
      '--out',
      out,
      '--store',
      store,
      '--json',
    ];
    const startMs = performance.now();
    const child = spawn('npm', argv, { stdio: ['ignore', 'pipe', 'inherit'], shell: process.platform === 'win32' });
    const stages = stageStarts(child);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const { elapsedMs, seenMs } = await firstRound(join(out, 'run.json'), child);
    await ended;
    const openingMs = startOf(stages, 'round 1') - startOf(stages, 'Scoring channels');
    return seenMs - startMs - openingMs - elapsedMs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** When each stage of the command was first told of. Filled while it runs. */
function stageStarts(child: ChildProcess): Map<string, number> {
  const starts = new Map<string, number>();
  createInterface({ input: child.stdout! }).on('line', (text) => {
    const line = lineSchema.parse(JSON.parse(text));
    if (line.kind === 'progress' && line.stage && !starts.has(line.stage)) starts.set(line.stage, performance.now());
  });
  return starts;
}

function startOf(stages: Map<string, number>, words: string): number {
  for (const [stage, atMs] of stages) if (stage.includes(words)) return atMs;
  throw new Error(`lab run told of no stage "${words}", only of ${[...stages.keys()].join(', ')}.`);
}

/** Waits for the first round in a run's record. */
async function firstRound(file: string, child: ChildProcess): Promise<{ elapsedMs: number; seenMs: number }> {
  for (;;) {
    const hasEnded = child.exitCode !== null;
    const elapsedMs = firstElapsedMs(await readFile(file, 'utf8').catch(() => ''));
    if (elapsedMs !== null) return { elapsedMs, seenMs: performance.now() };
    if (hasEnded) throw new Error(`lab run ended with ${child.exitCode} before its first round.`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

/** How long the first round took; null before it is there, and while the file is being written. */
function firstElapsedMs(text: string): number | null {
  try {
    return recordSchema.parse(JSON.parse(text)).arms[0]?.rounds[0]?.elapsedMs ?? null;
  } catch {
    return null;
  }
}
