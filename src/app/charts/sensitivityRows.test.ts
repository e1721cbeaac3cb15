import { expect, it } from 'vitest';
import { sensitivityRows } from './sensitivityRows';

it('names the setting that differs, with its value, and keeps a ranking without order as none', () => {
  const rows = sensitivityRows({
    points: [
      { setting: 'temperature', value: 'auto', tau: 1, samePrunedRatio: 1 },
      { setting: 'temperature', value: 0.031, tau: null, samePrunedRatio: 0.5 },
      { setting: 'batchSize', value: 64, tau: 0.9, samePrunedRatio: 0.75 },
      { setting: 'seed', value: 2, tau: 0.95, samePrunedRatio: 1 },
    ],
  });
  expect(rows.map(({ label, before, after }) => [label, before?.value, after.value])).toEqual([
    ['T from the data', 1, 1],
    ['T 0.031', 0.5, null],
    ['Batch of 64', 0.75, 0.9],
    ['Seed 2', 1, 0.95],
  ]);
});
