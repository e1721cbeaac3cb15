import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import golden from '../testing/golden/fairness_metrics.json';
import { type ClassifiedSamples, countConfusion } from './countConfusion';
import { evaluateGroups } from './evaluateGroups';
import { gapNames } from './gapDefinitions';
import { twoGroupReport } from './paperTable';

const evaluate = (predictions: ClassifiedSamples) => evaluateGroups(countConfusion(predictions), null);

describe('evaluateGroups on the golden vectors of two groups', () => {
  for (const { id, K, y, p, g, expected } of golden.cases) {
    if (expected === null) continue;
    it(`agrees under every definition on ${id}`, () => {
      const { gaps, groups, overall, metrics } = evaluate({ labels: y, predicted: p, groups: g, classCount: K });
      const { fairness } = expected;
      const pairs = [
        [gaps.eopp0, fairness.eopp0],
        [gaps.eopp1, fairness.eopp1],
        [gaps.eodd, fairness.eodd],
        [gaps.eopp0Sum, fairness.eopp0_sum],
        [gaps.eopp1Sum, fairness.eopp1_sum],
        [gaps.eoddSum, fairness.eodd_sum],
        [gaps.eopp0Shared, fairness.eopp0_both],
        [gaps.eopp1Shared, fairness.eopp1_both],
        [gaps.eoddShared, fairness.eodd_both],
        [gaps.eoddSeparate, fairness.eodd_sepAbs],
        [gaps.eoddFairAdaBn, fairness.eodd_fairadabn],
      ] as const;
      for (const [found, wanted] of pairs) {
        expect(found.value).toBeCloseTo(wanted, 12);
        expect(found.pair).toEqual([0, 1]);
      }
      for (const name of ['precision', 'recall', 'f1', 'accuracy'] as const) {
        expect(metrics[name].average).toBeCloseTo(expected.rows[name].avg, 12);
        expect(metrics[name].gap.value).toBeCloseTo(expected.rows[name].diff, 12);
        expect(groups.map((group) => group[name])[1]).toBeCloseTo(expected.groups[1]![name], 12);
        expect(overall[name]).toBeCloseTo(expected.overall[name], 12);
      }
    });
  }
});

/**
 * Three groups, two classes. Recalls of class 0 and 1:
 * group 0: 1/2, 1; group 1: 1, 1; group 2: 0, 1/2. The groups have 4 samples each, two of each class.
 */
const threeGroups: ClassifiedSamples = {
  labels: [0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1],
  predicted: [0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1],
  groups: [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2],
  classCount: 2,
  groupCount: 3,
};

describe('evaluateGroups on three groups worked by hand', () => {
  const { gaps, metrics, classes, overall } = evaluate(threeGroups);

  it('takes the pair of groups that is furthest apart', () => {
    // Pairs' Eopp1: 0-1 (1/2 + 0)/2 = 1/4; 0-2 (1/2 + 1/2)/2 = 1/2; 1-2 (1 + 1/2)/2 = 3/4.
    expect(gaps.eopp1).toEqual({ value: 0.75, pair: [1, 2] });
    expect(gaps.eopp1Sum).toEqual({ value: 1.5, pair: [1, 2] });
    // Shares predicted as class 0: 1/4, 1/2, 1/4; both classes differ alike. 0-1 is the first of the largest pairs.
    expect(gaps.demographicParity).toEqual({ value: 0.25, pair: [0, 1] });
  });

  it('names the worst group and averages over groups', () => {
    // Right: 3, 4 and 1 of 4.
    expect(metrics.accuracy).toEqual({
      overall: 8 / 12,
      groups: [0.75, 1, 0.25],
      average: 2 / 3,
      worst: { value: 0.25, group: 2 },
      gap: { value: 0.75, pair: [1, 2] },
    });
    expect(overall.n).toBe(12);
  });

  it('gives the gap of each class with its support', () => {
    expect(classes[0]).toEqual({ support: [2, 2, 2], tpr: [0.5, 1, 0], gap: { value: 1, pair: [1, 2] } });
    expect(classes[1]!.gap).toEqual({ value: 0.5, pair: [0, 2] });
  });

  it('has nothing that needs scores', () => {
    expect(metrics.auc).toEqual({
      overall: null,
      groups: [null, null, null],
      average: null,
      worst: { value: null, group: null },
      gap: { value: null, pair: null },
    });
  });
});

describe('evaluateGroups, where something is missing,', () => {
  it('leaves a group without a class out of that class, and counts it 0 in the paper’s form', () => {
    const { classes, gaps } = evaluate({
      labels: [0, 1, 0, 1, 0, 0],
      predicted: [0, 1, 0, 0, 0, 0],
      groups: [0, 0, 1, 1, 2, 2],
      classCount: 2,
      groupCount: 3,
    });
    expect(classes[1]).toEqual({ support: [1, 1, 0], tpr: [1, 0, null], gap: { value: 1, pair: [0, 1] } });
    // Groups 0 and 2: recall of class 1 is 1 against nothing.
    expect(gaps.eopp1).toEqual({ value: 0.5, pair: [0, 1] });
    expect(gaps.eopp1Shared.value).toBe(0.5);
  });

  it('has no gap over shared classes when no pair of groups shares one', () => {
    const { gaps, classes } = evaluate({
      labels: [0, 1, 2],
      predicted: [0, 1, 2],
      groups: [0, 1, 2],
      classCount: 3,
      groupCount: 3,
    });
    expect(gaps.eopp1Shared).toEqual({ value: null, pair: null });
    expect(classes.every(({ gap }) => gap.value === null)).toBe(true);
  });

  it('works with one class and with predictions that are all equal', () => {
    const oneClass = evaluate({ labels: [0, 0], predicted: [0, 0], groups: [0, 1], classCount: 1 });
    expect(oneClass.gaps.eopp1.value).toBe(0);
    // No negatives: true negative rates count 0 in both groups.
    expect(oneClass.gaps.eopp0.value).toBe(0);
    const equal = evaluate({ labels: [0, 1, 0, 1], predicted: [0, 0, 0, 0], groups: [0, 0, 1, 1], classCount: 2 });
    expect(equal.metrics.accuracy.groups).toEqual([0.5, 0.5]);
    expect(equal.gaps.eopp1.value).toBe(0);
    // Precision and F1 of the class that is never predicted count 0.
    expect(equal.metrics.f1.groups[0]).toBeCloseTo(1 / 3, 12);
  });

  it('names an empty group', () => {
    expect(() => evaluate({ labels: [0, 0], predicted: [0, 0], groups: [0, 2], classCount: 1, groupCount: 3 })).toThrow(
      expect.objectContaining({ code: 'group-too-small', details: { group: 1 } }),
    );
  });

  it('refuses a group outside their number', () => {
    expect(() => evaluate({ labels: [0, 0], predicted: [0, 0], groups: [0, 3], classCount: 1, groupCount: 3 })).toThrow(
      expect.objectContaining({ code: 'predictions-invalid', details: { position: 1, found: 3 } }),
    );
  });
});

describe('evaluateGroups, for any predictions of three groups,', () => {
  const sample = fc.record({ label: fc.nat(3), predicted: fc.nat(3), group: fc.nat(2) });
  const sets = fc
    .array(sample, { minLength: 3, maxLength: 60 })
    .filter((samples) => [0, 1, 2].every((q) => samples.some(({ group }) => group === q)));
  type Samples = { label: number; predicted: number; group: number }[];
  const predictionsOf = (
    samples: Samples,
    groupOf: (group: number) => number,
    groupCount: number,
  ): ClassifiedSamples => ({
    labels: samples.map(({ label }) => label),
    predicted: samples.map(({ predicted }) => predicted),
    groups: samples.map(({ group }) => groupOf(group)),
    classCount: 4,
    groupCount,
  });

  it('does not depend on the order of the groups', () => {
    fc.assert(
      fc.property(sets, (samples) => {
        const { gaps, metrics } = evaluate(predictionsOf(samples, (group) => group, 3));
        const turned = evaluate(predictionsOf(samples, (group) => (group + 1) % 3, 3));
        for (const name of gapNames) {
          if (gaps[name].value === null) expect(turned.gaps[name].value).toBeNull();
          else expect(turned.gaps[name].value).toBeCloseTo(gaps[name].value, 12);
        }
        expect(turned.metrics.f1.average).toBeCloseTo(metrics.f1.average!, 12);
        expect(turned.metrics.f1.worst.value).toBe(metrics.f1.worst.value);
      }),
    );
  });

  it('gives the largest of what the pairs give by themselves, which are the paper’s two groups', () => {
    fc.assert(
      fc.property(sets, (samples) => {
        const { gaps } = evaluate(predictionsOf(samples, (group) => group, 3));
        const ofPairs = [0, 1, 2].map((left) => {
          const pair = samples.filter(({ group }) => group !== left);
          const groupOf = (group: number) => (group === (left === 0 ? 1 : 0) ? 0 : 1);
          return twoGroupReport(evaluate(predictionsOf(pair, groupOf, 2)));
        });
        for (const name of ['eopp0', 'eopp1', 'eodd'] as const) {
          expect(gaps[name].value).toBeCloseTo(Math.max(...ofPairs.map((report) => report[name])), 12);
        }
      }),
    );
  });
});
