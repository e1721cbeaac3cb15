import { describe, expect, it } from 'vitest';
import { checkGroupLevelling } from './checkGroupLevelling';
import { countConfusion } from './countConfusion';
import { evaluateGroups } from './evaluateGroups';

/** One class, ten samples a group, of which so many are right; the rest is predicted as class 1. */
function evaluationWith(...rights: number[]) {
  const groups = rights.flatMap((_, g) => Array.from({ length: 10 }, () => g));
  const predicted = rights.flatMap((right) => Array.from({ length: 10 }, (_, i) => (i < right ? 0 : 1)));
  const labels = groups.map(() => 0);
  return evaluateGroups(countConfusion({ labels, predicted, groups, classCount: 2, groupCount: rights.length }), null);
}

const before = evaluationWith(5, 7, 9);

describe('checkGroupLevelling', () => {
  it.each([
    ['no-group-worse', 'the worst group gained', evaluationWith(7, 7, 9)],
    ['one-group-worse', 'the group in the middle lost while the worst gained', evaluationWith(6, 6, 9)],
    ['levelled-down', 'the best lost and none gained', evaluationWith(5, 7, 8)],
    ['gap-not-smaller', 'only the group in the middle changed', evaluationWith(5, 6, 9)],
  ])('says %s when %s', (verdict, _, after) => {
    const { accuracy, gaps } = checkGroupLevelling(after, before);
    expect(accuracy.verdict).toBe(verdict);
    expect(gaps.eopp1?.verdict).toBe(verdict);
  });

  it('gives the change of each group and names the worst one before and after', () => {
    const { change, worst, accuracy } = checkGroupLevelling(evaluationWith(8, 7, 9), before);
    expect(change.accuracy.map((value) => Math.round(10 * value))).toEqual([3, 0, 0]);
    expect([worst.before.group, worst.after.group]).toEqual([0, 1]);
    // F1 of class 0 is 2r / (10 + r); class 1, predicted only, counts 0.
    expect(worst.before.f1).toBeCloseTo(10 / 15 / 2, 12);
    expect(worst.after.f1).toBeCloseTo(14 / 17 / 2, 12);
    expect([accuracy.gapBefore, accuracy.gapAfter].map((gap) => Math.round(10 * gap))).toEqual([4, 2]);
  });

  it('judges no gap that is undefined', () => {
    const unshared = evaluateGroups(
      countConfusion({ labels: [0, 1], predicted: [0, 1], groups: [0, 1], classCount: 2 }),
      null,
    );
    expect(checkGroupLevelling(unshared, unshared).gaps.eopp1Shared).toBeNull();
  });
});
