import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../recipe/runRecord';
import { withoutIdsAndTimes } from '../testing/withoutIdsAndTimes';
import { defaultTraining } from '../training/trainSettings';
import { type NodeProcess, spawnNode } from './testing/spawnNode';

/** A tiny demo and a narrow net; two rounds of two arms, so that a signal finds the run amid them. */
const settings = {
  data: { demo: { bias: 1, count: 120, imageSize: 16, seed: 5 } },
  model: {
    architecture: 'small-cnn',
    widthMultiplier: 0.125,
    training: { ...defaultTraining, epochs: 1, batchSize: 32 },
  },
  run: {
    score: { batchSize: 32 },
    fineTune: { epochs: 2, batchSize: 32 },
    pruning: { ratio: 0.1, rounds: 2, maxAccuracyDrop: 1, minFairnessGain: -1 },
    arms: ['snnl', 'random'],
    statistics: { replicates: 20, permutations: 20 },
  },
};

let folder: string;
const path = (...names: string[]) => join(folder, ...names);

let undisturbed: unknown;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-process-'));
  await writeFile(path('config.json'), JSON.stringify(settings));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** The command as it is typed, with a temporary folder of its own. */
function start(argv: string[], disk?: { bytes: number }): NodeProcess {
  const fullDisk = disk ? ['--import', './src/testing/fullDisk.mjs'] : [];
  return spawnNode([...fullDisk, '--import', 'tsx', 'src/cli/lab.ts', ...argv], {
    TMPDIR: path('tmp'),
    XDG_CACHE_HOME: path('cache'),
    LAB_TEST_DISK_BYTES: `${disk?.bytes ?? 0}`,
  });
}

const commandOf = (out: string, ...more: string[]) =>
  ['run', path('config.json'), '--data', 'demo', '--out', path(out)].concat(more);
const run = (out: string, ...more: string[]) => start(commandOf(out, ...more));

/** What the run comes to when nothing disturbs it. */
async function whole(): Promise<unknown> {
  if (undisturbed === undefined) {
    expect(await run('whole').ended).toMatchObject({ code: 0 });
    undisturbed = await outcomeOf('whole');
  }
  return undisturbed;
}

async function recordOf(out: string): Promise<RunRecord> {
  return JSON.parse(await readFile(path(out, 'run.json'), 'utf8')) as RunRecord;
}

/** What a run came to. How long the self-test took is told in the environment. */
async function outcomeOf(out: string) {
  const { environment: _environment, ...record } = await recordOf(out);
  return withoutIdsAndTimes(record);
}

/** Waits until a round is in the run's record. */
async function firstRound(out: string): Promise<void> {
  for (;;) {
    const record = await recordOf(out).catch(() => null);
    if (record?.arms.some(({ rounds }) => rounds.length > 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the command in a process of its own', () => {
  it('ends in good order at SIGTERM, goes on by --resume, and comes to the same record, to the bit', async () => {
    const { child, ended } = run('cut');
    await firstRound('cut');
    child.kill('SIGTERM');
    expect((await ended).code).toBe(143);
    const cut = await recordOf('cut');
    expect(cut).toMatchObject({ status: 'cancelled', error: { code: 'cancelled' } });
    expect(cut.arms[0]!.rounds.length).toBeGreaterThan(0);

    const resumed = run('cut', '--resume');
    expect(await resumed.ended).toMatchObject({ code: 0 });
    expect((await recordOf('cut')).id).toBe(cut.id);
    expect(await outcomeOf('cut')).toEqual(await whole());
    await leavesNothing();
  }, 240_000);

  it('names a disk that is full, amid the rounds too, and goes on to the same record once there is room', async () => {
    // Data and the trained network fit, two rounds of two arms do not.
    const filled = start(commandOf('full'), { bytes: 300_000 });
    const { code, text } = await filled.ended;
    expect({ code, text }).toMatchObject({
      code: 1,
      text: expect.stringContaining('There is no room left on the disk'),
    });
    expect(await recordOf('full')).toMatchObject({ status: 'failed', error: { code: 'quota-exceeded' } });
    const resumed = run('full', '--resume');
    expect(await resumed.ended).toMatchObject({ code: 0 });
    expect(await outcomeOf('full')).toEqual(await whole());
  }, 240_000);

  it('ends at SIGHUP before the first round with 129, and leaves nothing behind but its store', async () => {
    const { child, ended } = run('cut');
    await new Promise((resolve) => child.stderr!.once('data', resolve));
    child.kill('SIGHUP');
    expect((await ended).code).toBe(129);
    await leavesNothing();
  }, 120_000);
});

/** No file but the TypeScript loader's lies in the temporary folder, and the store is for the user's eyes only. */
async function leavesNothing(): Promise<void> {
  const left = await readdir(path('tmp')).catch(() => []);
  expect(left.filter((name) => !name.startsWith('tsx-'))).toEqual([]);
  expect((await stat(path('cache', 'snnl-fair-lab'))).mode & 0o777).toBe(0o700);
}
