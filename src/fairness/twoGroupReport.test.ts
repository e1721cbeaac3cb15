import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import golden from '../testing/golden/fairness_metrics.json';
import { reportOf } from '../testing/reportOf';
import type { ClassifiedSamples } from './countConfusion';
import type { TwoGroupReport } from './paperTableSchema';

const relativeTolerance = 1e-9;

/** float64 against the float64 reference. */
function expectClose(found: number, expected: number) {
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(relativeTolerance * Math.max(1, Math.abs(expected)));
}

function expectAllClose(found: number[], expected: number[]) {
  expect(found).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expectClose(found[i]!, value);
}

const predictionsOf = (item: { y: number[]; p: number[]; g: number[]; K: number }): ClassifiedSamples => ({
  labels: item.y,
  predicted: item.p,
  groups: item.g,
  classCount: item.K,
});

describe('the report of two groups on the golden vectors', () => {
  for (const item of golden.cases) {
    const { expected } = item;
    if (expected === null) {
      it(`refuses ${item.id}, naming the group`, () => {
        expect(() => reportOf(predictionsOf(item))).toThrow(
          expect.objectContaining({ code: 'group-too-small', details: { group: 1 } }),
        );
      });
      continue;
    }
    it(`agrees on ${item.id}`, () => {
      const report = reportOf(predictionsOf(item));
      const { fairness } = expected;
      expectClose(report.eopp0, fairness.eopp0);
      expectClose(report.eopp1, fairness.eopp1);
      expectClose(report.eodd, fairness.eodd);
      expect(report.bothGroups?.classCount ?? 0).toBe(fairness.nBoth);
      expectClose(report.bothGroups!.eopp0, fairness.eopp0_both);
      expectClose(report.bothGroups!.eopp1, fairness.eopp1_both);
      expectClose(report.bothGroups!.eodd, fairness.eodd_both);
      for (const name of ['precision', 'recall', 'f1', 'accuracy'] as const) {
        expectClose(report.rows[name].avg, expected.rows[name].avg);
        expectClose(report.rows[name].diff, expected.rows[name].diff);
        expectClose(report.rows[name].group0, expected.groups[0]![name]);
        expectClose(report.rows[name].group1, expected.groups[1]![name]);
      }
      for (const [q, group] of expected.groups.entries()) {
        const found = report.groups[q]!;
        expect(found.n).toBe(group.n);
        expectAllClose([found.accuracy, found.precision], [group.accuracy, group.precision]);
        expectAllClose([found.recall, found.f1], [group.recall, group.f1]);
        expectAllClose(
          found.perClass.map(({ tpr }) => tpr),
          group.tpr,
        );
        expectAllClose(
          found.perClass.map(({ fpr }) => fpr),
          group.fpr,
        );
        expectAllClose(
          found.perClass.map(({ tnr }) => tnr),
          group.tnr,
        );
        expect(found.perClass.map(({ support }) => support)).toEqual(group.support);
      }
      expectClose(report.worstGroupF1, Math.min(expected.groups[0]!.f1, expected.groups[1]!.f1));
    });
  }
});

describe('the report of two groups', () => {
  it('gives the demographic parity gap and the balanced accuracy of a case worked by hand', () => {
    // Group 0: labels 0 0 0 1, predictions 0 0 1 1: recalls 2/3 and 1, shares 1/2 and 1/2.
    // Group 1: labels 0 1, predictions 0 0: recalls 1 and 0, shares 1 and 0. Class 2 occurs nowhere.
    const report = reportOf({
      labels: [0, 0, 0, 1, 0, 1],
      predicted: [0, 0, 1, 1, 0, 0],
      groups: [0, 0, 0, 0, 1, 1],
      classCount: 3,
    });
    expectClose(report.groups[0].balancedAccuracy, 5 / 6);
    expectClose(report.groups[1].balancedAccuracy, 1 / 2);
    expectClose(report.demographicParityGap, (1 / 2 + 1 / 2 + 0) / 3);
  });

  it('has no gaps over shared classes when the groups share none', () => {
    const report = reportOf({ labels: [0, 1], predicted: [0, 1], groups: [0, 1], classCount: 2 });
    expect(report.bothGroups).toBeNull();
    expect(report.eopp1).toBe(1);
  });

  it('names an empty group 0', () => {
    const onlyGroup1 = { labels: [0, 1], predicted: [0, 1], groups: [1, 1], classCount: 2 };
    expect(() => reportOf(onlyGroup1)).toThrow(
      expect.objectContaining({ code: 'group-too-small', details: { group: 0 } }),
    );
  });
});

const sets = fc.integer({ min: 2, max: 6 }).chain((classCount) =>
  fc
    .array(
      fc.record({
        label: fc.nat(classCount - 1),
        predicted: fc.nat(classCount - 1),
        group: fc.nat(1),
      }),
      { minLength: 2, maxLength: 60 },
    )
    .filter((samples) => samples.some(({ group }) => group === 0) && samples.some(({ group }) => group === 1))
    .map((samples) => ({ classCount, samples })),
);

type SampleSet = { classCount: number; samples: { label: number; predicted: number; group: number }[] };

const evaluateSet = ({ classCount, samples }: SampleSet): TwoGroupReport =>
  reportOf({
    labels: samples.map(({ label }) => label),
    predicted: samples.map(({ predicted }) => predicted),
    groups: samples.map(({ group }) => group),
    classCount,
  });

const criteriaOf = ({ eopp0, eopp1, eodd }: TwoGroupReport) => [eopp0, eopp1, eodd];

describe('the report of two groups, for any predictions,', () => {
  it('leaves the criteria as they are and swaps the columns when the groups swap names', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const report = evaluateSet(set);
        const samples = set.samples.map((sample) => ({ ...sample, group: 1 - sample.group }));
        const swapped = evaluateSet({ ...set, samples });
        expectAllClose(criteriaOf(swapped), criteriaOf(report));
        expect(swapped.groups).toEqual([report.groups[1], report.groups[0]]);
        expect(swapped.rows.f1).toEqual({
          ...report.rows.f1,
          group0: report.rows.f1.group1,
          group1: report.rows.f1.group0,
        });
      }),
    );
  });

  it('does not depend on the order of the classes', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const report = evaluateSet(set);
        const mirror = (k: number) => set.classCount - 1 - k;
        const samples = set.samples.map(({ label, predicted, group }) => ({
          label: mirror(label),
          predicted: mirror(predicted),
          group,
        }));
        const mirrored = evaluateSet({ ...set, samples });
        expectAllClose(criteriaOf(mirrored), criteriaOf(report));
        expectClose(mirrored.rows.f1.avg, report.rows.f1.avg);
        expectClose(mirrored.demographicParityGap, report.demographicParityGap);
      }),
    );
  });

  it('shows no gap when both groups are alike', () => {
    fc.assert(
      fc.property(sets, (set) => {
        const samples = [0, 1].flatMap((group) => set.samples.map((sample) => ({ ...sample, group })));
        const report = evaluateSet({ ...set, samples });
        expect([...criteriaOf(report), report.rows.f1.diff, report.demographicParityGap]).toEqual([0, 0, 0, 0, 0]);
      }),
    );
  });

  it('keeps Eodd between half the difference and half the sum of Eopp1 and Eopp0', () => {
    fc.assert(
      fc.property(sets, (set) => {
        // With one class in a group a true negative rate is 0 by the rule for empty denominators, not 1 - FPR.
        for (const q of [0, 1]) {
          fc.pre(new Set(set.samples.flatMap(({ group, label }) => (group === q ? [label] : []))).size > 1);
        }
        const { eopp0, eopp1, eodd } = evaluateSet(set);
        expect(eodd).toBeGreaterThanOrEqual(Math.abs(eopp1 - eopp0) / 2 - relativeTolerance);
        expect(eodd).toBeLessThanOrEqual((eopp1 + eopp0) / 2 + relativeTolerance);
      }),
    );
  });
});
