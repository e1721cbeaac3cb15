import { expect, it } from 'vitest';
import type { RunRecord } from '../../../../recipe/runRecord';
import { fakeRecord } from '../../../testing/fakeData';
import { seedGroups } from './seedGroups';

/** A run whose SNNL-Fair and random arms have a chosen round with these gaps. */
function run(seed: number, gaps: { snnl: number; random: number }, change: Partial<RunRecord> = {}): RunRecord {
  const record = fakeRecord();
  const arms = record.arms
    .filter(({ arm }) => arm === 'snnl' || arm === 'random')
    .map((arm) => {
      const [first] = arm.rounds;
      const { evaluation } = first!;
      const eodd = gaps[arm.arm as 'snnl' | 'random'];
      const fate = { eopp0: 0, eopp1: 0, eodd: 1 - eodd };
      return {
        ...arm,
        chosenRound: 1,
        rounds: [{ ...first!, evaluation: { ...evaluation, fate, report: { ...evaluation.report, eodd } } }],
      };
    });
  const config = { ...record.config, seed };
  return {
    ...record,
    id: `run-${seed}` as RunRecord['id'],
    status: 'finished',
    endedEarly: false,
    config,
    arms,
    ...change,
  };
}

const three = [
  run(1, { snnl: 0.1, random: 0.2 }),
  run(2, { snnl: 0.2, random: 0.4 }),
  run(3, { snnl: 0.3, random: 0.3 }),
];

it('runs that differ in the seed alone make one group, with mean, SD and paired differences', () => {
  const [group, ...others] = seedGroups(three, 1);
  expect(others).toEqual([]);
  expect(group!.seeds).toEqual([1, 2, 3].map((seed) => ({ seed, origin: '' })));
  const [snnl, random] = group!.arms;
  expect(snnl!.summaries.eodd!.mean).toBeCloseTo(0.2, 12);
  expect(snnl!.summaries.eodd!.sd).toBeCloseTo(0.1, 12);
  expect(snnl!.summaries.fate!.mean).toBeCloseTo(0.8, 12);
  expect(snnl!.against).toBeNull();
  // -0.1, -0.2, 0: mean -0.1, SD 0.1.
  expect(random!.against!.eodd!.difference.mean).toBeCloseTo(-0.1, 12);
  expect(random!.against!.eodd!.difference.sd).toBeCloseTo(0.1, 12);
  // Of two differences that are not 0, both of one sign: p = 2 / 2².
  expect(random!.against!.eodd!.signedRank).toMatchObject({ n: 2, pValue: 0.5 });
});

it('other settings, unfinished runs and runs ended early are no part of it; the newer of two with one seed counts', () => {
  const otherRatio = run(4, { snnl: 0, random: 0 });
  otherRatio.config = { ...otherRatio.config, pruning: { ...otherRatio.config.pruning, ratio: 0.5 } };
  const again = run(3, { snnl: 0.6, random: 0.3 }, { createdAt: '2030-01-01T00:00:00.000Z' });
  const groups = seedGroups(
    [
      again,
      ...three,
      otherRatio,
      run(5, { snnl: 0, random: 0 }, { status: 'cancelled' }),
      run(6, { snnl: 0, random: 0 }, { endedEarly: true }),
    ],
    1,
  );
  expect(groups).toHaveLength(1);
  expect(groups[0]!.seeds.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  expect(groups[0]!.arms[0]!.summaries.eodd!.mean).toBeCloseTo(0.3, 12);
});

it('a round that was not chosen counts as what it was, and is counted as past the stop', () => {
  const stopped = three.map((record) => ({
    ...record,
    arms: record.arms.map((arm) => ({
      ...arm,
      chosenRound: 0,
      stop: { round: 1, reason: 'no-fairness-gain' as const },
    })),
  }));
  const [snnl] = seedGroups([...stopped.slice(0, 2), three[2]!], 1)[0]!.arms;
  expect(snnl).toMatchObject({ doneCount: 3, rejectedCount: 2 });
  expect(snnl!.summaries.eodd!.mean).toBeCloseTo(0.2, 12);
  expect(snnl!.summaries.fate!.mean).toBeCloseTo(0.8, 12);
});

it('an arm that has not done the round has no numbers, and is not compared', () => {
  const missing = three.map((record) => ({
    ...record,
    arms: record.arms.map((arm) => (arm.arm === 'random' ? { ...arm, rounds: [] } : arm)),
  }));
  const random = seedGroups(missing, 1)[0]!.arms.find(({ arm }) => arm === 'random');
  expect(random).toMatchObject({
    doneCount: 0,
    summaries: { f1: null, eodd: null, fate: null },
    against: null,
  });
});
