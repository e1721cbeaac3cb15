import { expect, it } from 'vitest';
import { clearFinding, findingRecord, madeArm, madeContest, madeEvaluation } from '../testing/judgedRecord';
import { reviseRecord } from './reviseRecord';

it('a record of this version stays as it is', () => {
  expect(reviseRecord(findingRecord())).toEqual(findingRecord());
});

it('a round with FATE below 0 that an earlier version reported is reported no more', () => {
  const { arms } = reviseRecord(findingRecord({ arms: [madeArm('snnl', [{ ...clearFinding, fate: -0.1 }])] }));
  expect(arms[0]!.chosenRound).toBe(0);
});

it('against a baseline without a gap beyond chance there is no FATE, and no round chosen by it', () => {
  const { baseline } = findingRecord();
  const record = findingRecord({ baseline: { ...baseline, evaluation: madeEvaluation({ isAboveFloor: false }) } });
  const [snnl] = reviseRecord(record).arms;
  expect(snnl!.rounds[0]!.evaluation.fate!.eodd).toBeNull();
  expect(snnl!.chosenRound).toBe(0);
});

it('a contest between different rounds is dropped', () => {
  const contests = [madeContest('random', 3, 0.1, 0.2, 1), madeContest('fine-tune-only', 3, 0.1, 0.2)];
  expect(reviseRecord(findingRecord({ contests })).contests).toEqual([contests[1]]);
});
