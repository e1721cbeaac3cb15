import { describe, expect, it } from 'vitest';
import { clearFinding, findingRecord, type Made, madeArm, madeEvaluation } from '../testing/judgedRecord';
import { verdictTraps } from '../testing/verdictTraps';
import { judgeRun } from './judgeRun';
import type { ArmRecord, RunRecord } from './runRecord';

const [snnl, random, fineTuned] = findingRecord().arms as [ArmRecord, ArmRecord, ArmRecord];

it('a gap beyond chance that fell, with accuracy kept and every control worse, is a gain', () => {
  expect(judgeRun(findingRecord(), 'validation')).toMatchObject({ headline: 'gain', isPositive: true, round: 1 });
});

describe('no positive headline comes from', () => {
  it.each(verdictTraps)('%s', (_, record, headline) => {
    expect(judgeRun(record, 'validation')).toMatchObject({ headline, isPositive: false });
  });
});

describe('the round that is judged', () => {
  const two = [clearFinding, { ...clearFinding, fate: 0.4 }];

  it('is the chosen one, in every arm', () => {
    const better = madeArm('random', [{ fate: 0.1 }, { fate: 0.9 }], { chosenRound: 2 });
    const record = findingRecord({ arms: [madeArm('snnl', two, { chosenRound: 1 }), better] });
    const verdict = judgeRun(record, 'validation');
    expect(verdict).toMatchObject({ round: 1, roundName: 'round 1 (chosen, best of 2)', isChosen: true });
    expect(verdict.controls[0]!.evaluation!.fate!.eodd).toBe(0.1);
  });

  it('is the last one where none is chosen, so that the controls can still be seen', () => {
    const record = findingRecord({
      arms: [madeArm('snnl', two, { chosenRound: 0 }), madeArm('random', [{ fate: 0.1 }, { fate: 0.2 }])],
    });
    const verdict = judgeRun(record, 'validation');
    expect(verdict).toMatchObject({ headline: 'no-round', round: 2, roundName: 'round 2', isChosen: false });
    expect(verdict.controls[0]!.evaluation!.fate!.eodd).toBe(0.2);
  });

  it('is not one whose fine-tuning was ended early', () => {
    const arm = madeArm('snnl', two, { chosenRound: 0 });
    const cut = { endedBy: 'finish-now' as const, keptEpoch: 1, notes: [] };
    const rounds = [arm.rounds[0]!, { ...arm.rounds[1]!, fineTuning: cut }];
    expect(judgeRun(findingRecord({ arms: [{ ...arm, rounds }, random] }), 'validation').round).toBe(1);
  });
});

it('counts what pruning changed beyond fine-tuning, and the channels it took', () => {
  // SNNL-Fair differs from both others in the third of eight predictions.
  const verdict = judgeRun(findingRecord(), 'validation');
  expect(verdict.changed).toEqual({ fromUnpruned: 1, beyondFineTuning: 1, total: 8 });
  expect(verdict.prunedCount).toBe(4);
  const alone = findingRecord({ arms: [snnl, random] });
  expect(judgeRun(alone, 'validation').changed.beyondFineTuning).toBeNull();
});

describe('on the test split', () => {
  const at = '2026-01-01T11:00:00.000Z';
  const seen = (arm: ArmRecord, made: Made) => ({
    arm: arm.arm,
    round: 1,
    evaluation: { ...madeEvaluation(made), split: 'test' as const },
  });
  const lookOf = (made: Made): RunRecord['testLooks'][number] => ({
    at,
    baseline: { ...madeEvaluation({}), split: 'test' },
    arms: [seen(snnl, made), seen(random, { fate: 0 }), seen(fineTuned, { fate: 0 })],
    contests: findingRecord().contests,
  });

  it('the last look decides, not the validation split', () => {
    const record = findingRecord({
      testLooks: [lookOf(clearFinding), lookOf({ fate: 0.1, interval: { low: -1, high: 1 } })],
    });
    expect(judgeRun(record, 'test')).toMatchObject({ headline: 'may-be-chance', isPositive: false });
    expect(judgeRun({ ...record, testLooks: record.testLooks.slice(0, 1) }, 'test')).toMatchObject({
      headline: 'gain',
    });
  });

  it('there is nothing to judge before the first look', () => {
    expect(judgeRun(findingRecord(), 'test')).toMatchObject({ headline: 'nothing-to-judge', isPositive: false });
  });
});
