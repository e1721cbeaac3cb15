import { describe, expect, it } from 'vitest';
import { checkLevellingDown } from './checkLevellingDown';
import { evaluateFairness } from './evaluateFairness';

/** One class, ten samples a group, of which so many are right. */
function reportWith(rights0: number, rights1: number) {
  const samples = Array.from({ length: 20 }, (_, i) => ({
    group: i < 10 ? 0 : 1,
    right: i < 10 ? i < rights0 : i - 10 < rights1,
  }));
  return evaluateFairness({
    labels: samples.map(() => 0),
    predicted: samples.map(({ right }) => (right ? 0 : 1)),
    groups: samples.map(({ group }) => group),
    classCount: 2,
  });
}

const before = reportWith(5, 9);

describe('checkLevellingDown', () => {
  it.each([
    ['no-group-worse', 'the worse group gained', reportWith(7, 9)],
    ['no-group-worse', 'both gained, the worse one more', reportWith(8, 10)],
    ['one-group-worse', 'the better group lost what the other gained', reportWith(6, 8)],
    ['levelled-down', 'the better group lost and the other did not gain', reportWith(5, 7)],
    ['levelled-down', 'both lost, the better one more', reportWith(4, 6)],
    ['gap-not-smaller', 'nothing changed', reportWith(5, 9)],
    ['gap-not-smaller', 'both lost equally', reportWith(4, 8)],
    ['gap-not-smaller', 'the better group gained', reportWith(5, 10)],
  ])('says %s when %s', (verdict, _, after) => {
    const { accuracy, criteria } = checkLevellingDown(after, before);
    expect(accuracy.verdict).toBe(verdict);
    // With one class, Eopp1 is half the accuracy gap: the same verdict.
    expect(criteria.eopp1.verdict).toBe(verdict);
  });

  it('gives the change of each group and the gaps', () => {
    const { change, accuracy } = checkLevellingDown(reportWith(6, 8), before);
    expect(change.accuracy[0]).toBeCloseTo(0.1, 12);
    expect(change.accuracy[1]).toBeCloseTo(-0.1, 12);
    expect(accuracy.gapBefore).toBeCloseTo(0.4, 12);
    expect(accuracy.gapAfter).toBeCloseTo(0.2, 12);
  });

  it('gives the change of F1, worked by hand', () => {
    // F1 of class 0 with r of 10 right: 2r / (10 + r); class 1, predicted only, counts 0: half of that unless r = 10.
    const { change } = checkLevellingDown(reportWith(5, 8), before);
    expect(change.f1[0]).toBe(0);
    expect(change.f1[1]).toBeCloseTo(8 / 18 - 9 / 19, 12);
  });
});
