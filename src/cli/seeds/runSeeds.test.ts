import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { fakeDataset, fakeModel, fakeRecord } from '../../app/testing/fakeData';
import { emptyInventory } from '../../engine/protocol/emptyInventory';
import type { RunConfig } from '../../recipe/runConfig';
import { eventsOf } from '../../recipe/runEvents';
import type { RunRecord } from '../../recipe/runRecord';
import { run } from '../commands/run';
import { createInterrupt } from '../interrupt';
import { fakeLab } from '../testing/fakeLab';
import { recordedOutput } from '../testing/recordedOutput';
import { runLine } from '../testing/runLine';

// The Avg F1 of these runs is made up, so that means and deviations can be worked by hand: it follows from no counts.
vi.mock('../../recipe/recordCheck/checkRecord', () => ({ checkRecord: () => undefined }));

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-seeds-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A finished run of two arms of one round, whose Avg F1 is the seed's tenth, and half of it for the control. */
function recordOf(config: RunConfig): RunRecord {
  const record = fakeRecord(config, 1);
  const arms = record.arms
    .filter(({ arm }) => arm === 'snnl' || arm === 'random')
    .map((arm) => {
      const [round] = arm.rounds;
      const { evaluation } = round!;
      const { report } = evaluation;
      const avg = config.seed / (arm.arm === 'snnl' ? 10 : 20);
      const f1 = { ...report.rows.f1, avg };
      const changed = { ...evaluation, report: { ...report, rows: { ...report.rows, f1 } } };
      return { ...arm, chosenRound: 1, rounds: [{ ...round!, evaluation: changed }] };
    });
  return { ...record, status: 'finished', endedEarly: false, arms, model: fakeModel() };
}

const settings = { model: { architecture: 'small-cnn' }, run: { pruning: { rounds: 1 } } };

/** `lab run --seeds` on the demo. The recipe of a seed in `interruptAt` is interrupted. */
async function runSeeds(seeds: string, { interruptAt = [] as number[], given = settings as object } = {}) {
  const file = join(folder, 'given.json');
  await writeFile(file, JSON.stringify(given));
  const interrupt = createInterrupt();
  const { output, errors, texts, events } = recordedOutput();
  const { lab, started } = fakeLab({
    loadModel: () => fakeModel(),
    generateDemo: () => fakeDataset(),
    listInventory: () => emptyInventory,
    trainModel: () => ({ model: fakeModel(), history: [], endedBy: 'epochs', keptEpoch: 24, notes: [] }),
    planPruning: () => ({ parametersBefore: 100, parametersAfter: 90 }),
    runRecipe(partial, params) {
      const { config, baselineOrigin } = params as { config: RunConfig; baselineOrigin: RunRecord['baselineOrigin'] };
      if (interruptAt.includes(config.seed)) {
        interrupt.send();
        return new Promise(() => undefined);
      }
      const record = { ...recordOf(config), baselineOrigin };
      for (const event of eventsOf(record)) partial(event);
      return { runId: record.id };
    },
    exportModel: () => ({ bytes: new TextEncoder().encode('zip').buffer }),
  });
  const flags = { out: join(folder, 'out'), seeds };
  const code = await runLine(run, { words: [file], flags }, { output, interrupt, open: async () => lab });
  return { code, errors, text: texts.join('\n'), events, started };
}

const readOut = (name: string) => readFile(join(folder, 'out', name), 'utf8');

it('runs every seed into a folder of its own, on one baseline, and tells mean ± SD and paired differences', async () => {
  const { code, text, started, events } = await runSeeds('1,3,5');
  expect(code).toBe(0);
  expect(started.filter((job) => job === 'trainModel')).toHaveLength(1);
  expect(await readdir(join(folder, 'out'))).toEqual(
    expect.arrayContaining(['seed-1', 'seed-3', 'seed-5', 'seeds.csv', 'seeds.json', 'seeds.txt']),
  );
  expect(JSON.parse(await readOut('seed-3/config.json'))).toMatchObject({ run: { seed: 3 } });
  expect(await readOut('seed-5/baseline/training.json')).toContain('"keptEpoch": 24');
  // Avg F1 of 0.1, 0.3, 0.5: mean 0.3, sample SD 0.2; of the control 0.05, 0.15, 0.25; the differences are as those.
  expect(text).toContain('(seed 1: round 1; seed 3: round 1; seed 5: round 1)');
  expect(text).toMatch(/SNNL-Fair +3 +0 +0\.3000 ± 0\.2000/);
  expect(text).toMatch(/Random channels +3 +0 +0\.1500 ± 0\.1000/);
  expect(text).toMatch(/SNNL-Fair minus[^]*Random channels +3 +0\.1500 ± 0\.1000/);
  expect(await readOut('seeds.txt')).toContain('0.3000 ± 0.2000');
  const csv = Papa.parse<Record<string, string>>((await readOut('seeds.csv')).trim(), { header: true }).data;
  const row = csv.find((each) => each.round === 'reported' && each.arm === 'random' && each.statistic === 'f1')!;
  expect([Number(row.mean), Number(row.sd), Number(row.snnl_minus_arm_mean)]).toEqual([
    expect.closeTo(0.15, 12),
    expect.closeTo(0.1, 12),
    expect.closeTo(0.15, 12),
  ]);
  expect(JSON.parse(await readOut('seeds.json'))).toMatchObject({ seeds: [1, 3, 5], reported: { rounds: [1, 1, 1] } });
  expect(events.at(-1)).toMatchObject({ kind: 'seeds', seeds: [1, 3, 5] });
});

it('an interrupted command keeps the finished seeds, and the same one goes on after them with their baseline', async () => {
  const first = await runSeeds('1-3', { interruptAt: [2] });
  expect(first.code).toBe(130);
  expect(first.text).toContain('Seeds finished so far: 1. The same command goes on after them.');
  const second = await runSeeds('1-3');
  expect(second.code).toBe(0);
  expect(second.text).toContain('Seeds finished before: 1.');
  expect(second.started.filter((job) => job === 'runRecipe')).toHaveLength(2);
  expect(second.started).not.toContain('trainModel');
  expect(await readOut('seed-3/baseline/training.json')).toBe(await readOut('seed-1/baseline/training.json'));
});

it('when all seeds are finished the table is made again without an engine, and more seeds can be added', async () => {
  await runSeeds('1-2');
  const again = await runSeeds('1-2');
  expect([again.code, again.started]).toEqual([0, []]);
  const more = await runSeeds('1-3');
  expect(more.started.filter((job) => job === 'runRecipe')).toHaveLength(1);
  expect(more.text).toContain('Mean ± SD over 3 seeds');
});

it('a folder with seeds of other settings is refused', async () => {
  await runSeeds('1');
  const { code, errors } = await runSeeds('2', { given: { ...settings, run: { pruning: { rounds: 2 } } } });
  expect(code).toBe(2);
  expect(errors[0]!.message).toMatch(/holds seeds of other settings or data/);
});
