import { describe, expect, it } from 'vitest';
import golden from '../testing/golden/fate.json';
import { reportOf } from '../testing/reportOf';
import { computeFate, fateByCriterion } from './computeFate';

describe('computeFate', () => {
  for (const [i, { accM, accB, fcM, fcB, lam, fate }] of golden.cases.entries()) {
    it(`agrees with golden case ${i}`, () => {
      const found = computeFate({
        accuracyModel: accM,
        accuracyBaseline: accB,
        criterionModel: fcM,
        criterionBaseline: fcB,
        lambda: lam,
      });
      if (fate === null) expect(found).toBeNull();
      else expect(found).toBeCloseTo(fate, 9);
    });
  }

  it('is undefined when the baseline gap is 0 but for rounding', () => {
    const residue = Math.abs(0.1 + 0.2 - 0.3);
    expect(residue).toBeGreaterThan(0);
    expect(
      computeFate({
        accuracyModel: 0.6,
        accuracyBaseline: 0.5,
        criterionModel: 0.1,
        criterionBaseline: residue,
        lambda: 1,
      }),
    ).toBeNull();
  });
});

describe('fateByCriterion', () => {
  const labels = [0, 0, 1, 1, 0, 0, 1, 1];
  const groups = [0, 0, 0, 0, 1, 1, 1, 1];
  // Group 0 gets one of its class-0 samples wrong; group 1 none.
  const baseline = reportOf({ labels, groups, predicted: [0, 1, 1, 1, 0, 0, 1, 1], classCount: 2 });
  const perfect = reportOf({ labels, groups, predicted: labels, classCount: 2 });

  it('takes Avg F1 as the accuracy', () => {
    // F1 of group 0: class 0 2/3, class 1 4/5, mean 11/15; Avg with group 1 is 13/15. All gaps fall to 0.
    const expected = (1 - 13 / 15) / (13 / 15) + 1;
    const fate = fateByCriterion(perfect, baseline);
    expect(fate.eopp0).toBeCloseTo(expected, 12);
    expect(fate.eopp1).toBeCloseTo(expected, 12);
    // One class has dTPR = -1/2 and dFPR = 0, the other dTPR = 0 and dFPR = 1/2.
    expect(fate.eodd).toBeCloseTo(expected, 12);
  });

  it('weighs the criterion by lambda', () => {
    const fate = fateByCriterion(perfect, baseline, 0);
    expect(fate.eodd).toBeCloseTo(2 / 13, 12);
  });

  it('is undefined against a baseline without a gap', () => {
    expect(fateByCriterion(baseline, perfect)).toEqual({ eopp0: null, eopp1: null, eodd: null });
  });
});
