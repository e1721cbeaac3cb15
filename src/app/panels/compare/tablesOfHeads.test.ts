import { expect, it } from 'vitest';
import { runId } from '../../../foundation/ids';
import { runHeadOf } from '../../../recipe/runHead';
import type { RunRecord } from '../../../recipe/runRecord';
import { findingRecord } from '../../../testing/judgedRecord';
import { paretoRows } from '../../charts/audit/paretoRows';
import { fakeRecord } from '../../testing/fakeData';
import { runTableRows } from './runTableRows';
import { seedGroups } from './seeds/seedGroups';

const ofSeed = (seed: number): RunRecord => ({
  ...fakeRecord({ ...fakeRecord().config, seed }),
  id: runId(`run-${seed}`),
  status: 'finished',
});
const records = [ofSeed(1), ofSeed(2), findingRecord(), fakeRecord(undefined, 1)];
const heads = records.map(runHeadOf);

it('tables over runs say the same of heads as of whole records', () => {
  const withoutRun = <T extends { run: unknown }>(rows: T[]) => rows.map((row) => ({ ...row, run: null }));
  expect(withoutRun(runTableRows(heads))).toEqual(withoutRun(runTableRows(records)));
  expect(paretoRows(heads, 'eodd')).toEqual(paretoRows(records, 'eodd'));
  const groups = seedGroups(heads, 2);
  expect(groups[0]!.seeds.map(({ seed }) => seed)).toEqual([1, 2]);
  expect(withoutRun(groups)).toEqual(withoutRun(seedGroups(records, 2)));
});

it('a head has no predictions, no scores and no training curves', () => {
  const text = JSON.stringify(heads);
  for (const word of ['predicted', 'scoresAfter', 'history', 'noiseFloor', 'plan'])
    expect(text).not.toContain(`"${word}"`);
});
