import { expect, it } from 'vitest';
import { findingRecord, madeArm } from '../../../testing/judgedRecord';
import { runTableRows } from './runTableRows';

it('an arm that did not run has no numbers, and one that reports no round has those of the unpruned model, without a FATE', () => {
  const record = findingRecord();
  const rejected = madeArm('random', [{ fate: -0.3, f1: 0.7 }], { chosenRound: 0 });
  const rows = runTableRows([{ ...record, arms: [record.arms[0]!, rejected, madeArm('fine-tune-only', [])] }]);
  expect(rows.map(({ arm, chosen, f1Avg, fate }) => [arm, chosen, f1Avg, fate])).toEqual([
    ['snnl', 'round 1 (chosen)', 0.81, 0.5],
    ['random', null, 0.8, null],
    ['fine-tune-only', null, null, null],
  ]);
});
