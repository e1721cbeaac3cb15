import { describe, expect, it } from 'vitest';
import { checkLevelling } from './checkLevelling';
import { type ClassifiedSamples, countConfusion } from './countConfusion';
import { evaluateGroups, figuresOf } from './evaluateGroups';

/** One class, ten samples a group, of which so many are right; the rest is predicted as class 1. */
function groupsWith(...rights: number[]) {
  const groups = rights.flatMap((_, g) => Array.from({ length: 10 }, () => g));
  const predicted = rights.flatMap((right) => Array.from({ length: 10 }, (_, i) => (i < right ? 0 : 1)));
  const labels = groups.map(() => 0);
  return levelled({ labels, predicted, groups, classCount: 2, groupCount: rights.length });
}

function levelled(samples: ClassifiedSamples) {
  const evaluation = evaluateGroups(countConfusion(samples), null);
  return { groups: evaluation.groups, gaps: figuresOf(evaluation).gaps };
}

const before = groupsWith(5, 7, 9);

describe('checkLevelling', () => {
  it.each([
    ['no-group-worse', 'the worst group gained', groupsWith(7, 7, 9)],
    ['one-group-worse', 'the group in the middle lost while the worst gained', groupsWith(6, 6, 9)],
    ['levelled-down', 'the best lost and none gained', groupsWith(5, 7, 8)],
    ['gap-not-smaller', 'only the group in the middle changed', groupsWith(5, 6, 9)],
  ])('says %s when %s', (verdict, _, after) => {
    const { accuracy, gaps } = checkLevelling(after, before);
    expect(accuracy.verdict).toBe(verdict);
    expect(gaps.eopp1?.verdict).toBe(verdict);
  });

  it('gives the change of each group and names the worst one before and after', () => {
    const { change, worst, accuracy } = checkLevelling(groupsWith(8, 7, 9), before);
    expect(change.accuracy.map((value) => Math.round(10 * value))).toEqual([3, 0, 0]);
    expect([worst.before.group, worst.after.group]).toEqual([0, 1]);
    // F1 of class 0 is 2r / (10 + r); class 1, predicted only, counts 0.
    expect(worst.before.f1).toBeCloseTo(10 / 15 / 2, 12);
    expect(worst.after.f1).toBeCloseTo(14 / 17 / 2, 12);
    expect([accuracy.gapBefore, accuracy.gapAfter].map((gap) => Math.round(10 * gap))).toEqual([4, 2]);
  });

  it('judges no gap that is undefined', () => {
    const unshared = levelled({ labels: [0, 1], predicted: [0, 1], groups: [0, 1], classCount: 2 });
    expect(checkLevelling(unshared, unshared).gaps.eopp1Shared).toBeNull();
  });
});

describe('checkLevelling of two groups', () => {
  const before = groupsWith(5, 9);

  it.each([
    ['no-group-worse', 'the worse group gained', groupsWith(7, 9)],
    ['no-group-worse', 'both gained, the worse one more', groupsWith(8, 10)],
    ['one-group-worse', 'the better group lost what the other gained', groupsWith(6, 8)],
    ['levelled-down', 'the better group lost and the other did not gain', groupsWith(5, 7)],
    ['levelled-down', 'both lost, the better one more', groupsWith(4, 6)],
    ['gap-not-smaller', 'nothing changed', groupsWith(5, 9)],
    ['gap-not-smaller', 'both lost equally', groupsWith(4, 8)],
    ['gap-not-smaller', 'the better group gained', groupsWith(5, 10)],
  ])('says %s when %s', (verdict, _, after) => {
    const { accuracy, gaps } = checkLevelling(after, before);
    expect(accuracy.verdict).toBe(verdict);
    // With one class, Eopp1 is half the accuracy gap: the same verdict.
    expect(gaps.eopp1!.verdict).toBe(verdict);
  });

  it('gives the change of each group and the gaps', () => {
    const { change, accuracy } = checkLevelling(groupsWith(6, 8), before);
    expect(change.accuracy[0]).toBeCloseTo(0.1, 12);
    expect(change.accuracy[1]).toBeCloseTo(-0.1, 12);
    expect(accuracy.gapBefore).toBeCloseTo(0.4, 12);
    expect(accuracy.gapAfter).toBeCloseTo(0.2, 12);
  });

  it('gives the change of F1, worked by hand', () => {
    // F1 of class 0 with r of 10 right: 2r / (10 + r); class 1, predicted only, counts 0: half of that unless r = 10.
    const { change } = checkLevelling(groupsWith(5, 8), before);
    expect(change.f1[0]).toBe(0);
    expect(change.f1[1]).toBeCloseTo(8 / 18 - 9 / 19, 12);
  });
});
