import { beforeAll, expect, it } from 'vitest';
import { writeTables } from '../app/panels/export/exportTables';
import { commandList } from '../cli/commands';
import { printRun } from '../cli/printRun';
import { readCommandLine } from '../cli/readCommandLine';
import { recordedOutput } from '../cli/testing/recordedOutput';
import { createSilentContext } from '../foundation/createJobControl';
import { modelId, runId } from '../foundation/ids';
import { openRun } from '../recipe/openRun';
import { formatRunRecord, parseRunRecord } from '../recipe/parseRunRecord';
import { pruneRound } from '../recipe/pruneRound';
import { completeRunConfig } from '../recipe/runConfig';
import { runRecipe } from '../recipe/runRecipe';
import type { RunRecord } from '../recipe/runRecord';
import { scoresCsv } from '../recipe/scoresCsv';
import { startWasmAndCpu } from '../testing/computeOn';
import { createDemoBench, type DemoBench } from '../testing/demoBench';
import { handMadeRecord } from '../testing/handMadeRecord';
import { highestSkewness } from '../testing/highestSkewness';
import { importances } from './importances';

const { id, label } = highestSkewness;
const arms = ['snnl', id];
const settings = {
  score: { batchSize: 32 },
  pruning: { ratio: 0.2, rounds: 1, maxAccuracyDrop: 1, minFairnessGain: -1 },
  fineTune: { epochs: 1, batchSize: 32 },
  arms,
  statistics: { replicates: 20, permutations: 20 },
};

/** What the ranking was asked for, and what the maps' skewness is by the lab's own operations. */
const seen: { values: readonly number[]; skewness: readonly number[] }[] = [];
let record: RunRecord;
let bench: DemoBench;

beforeAll(async () => {
  await startWasmAndCpu();
  expect(() => completeRunConfig(settings)).toThrowError(
    expect.objectContaining({ code: 'config-invalid', details: { field: 'arms.1' } }),
  );
  importances.register({
    ...highestSkewness,
    async rank(facts) {
      const values = await highestSkewness.rank!(facts);
      seen.push({ values, skewness: await facts.skewness() });
      return values;
    },
  });
  bench = await createDemoBench();
  const { environment } = handMadeRecord();
  const newRun = {
    id: runId('new'),
    config: completeRunConfig(settings),
    environment,
    now: '2026-01-01T10:00:00.000Z',
  };
  const context = createSilentContext();
  const opened = await openRun(newRun, bench, context);
  record = await runRecipe(opened.record, bench, context);
});

it('is a setting once it is registered, and its run prunes what it ranks lowest', () => {
  const { rounds } = record.arms[1]!;
  expect(record.arms.map(({ arm, rounds: done }) => [arm, done.length])).toEqual(arms.map((arm) => [arm, 1]));
  const [{ values, skewness }] = seen as [(typeof seen)[0]];
  expect(values).toHaveLength(16);
  // The maps are those that the lab's own skewness is measured on: float32 there, float64 here.
  values.forEach((value, channel) => expect(-value).toBeCloseTo(skewness[channel]!, 3));
  // 20 % of 16 channels, half up.
  const lowest = [...values.keys()].sort((a, b) => values[a]! - values[b]!).slice(0, 3);
  expect(new Set(rounds[0]!.prunedOriginal)).toEqual(new Set(lowest));
  expect(rounds[0]!.prunedOriginal).toHaveLength(3);
  expect(rounds[0]!.modelId).toBe(`new~${id}~1`);
});

it('is refused by name when it does not give one value per channel', async () => {
  importances.register({ ...highestSkewness, id: 'too-few', rank: async () => [1, 2] });
  const request = {
    arm: 'too-few',
    model: bench.unpruned,
    dataset: bench.dataset,
    layer: record.layer,
    scores: record.baseline.scores,
    originalChannels: 16,
    round: 1,
    id: modelId('none'),
    config: record.config,
  };
  await expect(pruneRound(request, createSilentContext())).rejects.toMatchObject({
    code: 'shape-mismatch',
    details: { arm: 'too-few', found: 2, expected: 16 },
  });
});

it('is compared with SNNL-Fair as every control is', () => {
  expect(record.contests?.map(({ rival, round, rivalRound }) => [rival, round, rivalRound])).toEqual([[id, 1, 1]]);
});

it('stands in a record that is read again, in tables and in CSV', () => {
  const read = parseRunRecord(formatRunRecord(record));
  expect(read.arms.map(({ arm }) => arm)).toEqual(arms);
  expect(read.config.arms).toEqual(arms);
  expect(scoresCsv(read)).toContain(`\n${id},1,conv5,`);
  const chosen = { ...read, arms: read.arms.map((arm) => ({ ...arm, chosenRound: 1 })) };
  expect(writeTables(chosen, 'csv')).toContain(`${label}, round 1`);
  expect(writeTables(chosen, 'markdown')).toContain(`${label}, round 1`);
  const { output, texts } = recordedOutput();
  printRun(read, output);
  expect(texts.join('\n')).toContain(`${label}, `);
});

it('is a word of the command line', () => {
  const line = readCommandLine(commandList, ['model', 'predict', 'run', '--out', 'out', '--arm', id]);
  expect(line).toMatchObject({ kind: 'command', given: { flags: { arm: id } } });
  for (const argv of [['--help'], ['model', 'predict', '--help'], ['model', 'export', '--help']]) {
    expect(readCommandLine(commandList, argv)).toMatchObject({ kind: 'help', text: expect.stringContaining(id) });
  }
});
