import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../foundation/createJobControl';
import { evaluationInput } from '../testing/evaluationInput';
import { computeEvaluation } from './computeEvaluation';
import { defaultEvaluationSettings } from './evaluate';
import sklearn from './golden/sklearnMetrics.json';
import { paperTable } from './paperTable';

const three = sklearn.cases[1]!;
const none = { ...defaultEvaluationSettings, replicates: 0, permutations: 0 };

/** The vector's first two groups, or all of them, with or without scores. */
async function evaluationOf(groupCount: number, scores: number[] | null = three.scores) {
  const rows = three.groups.flatMap((group, i) => (group < groupCount ? [i] : []));
  const pick = (values: readonly number[]) => rows.map((i) => values[i]!);
  const { classCount } = three;
  const compared = {
    labels: pick(three.labels),
    groups: pick(three.groups),
    classNames: Array.from({ length: classCount }, (_, k) => `class ${k}`),
    groupNames: Array.from({ length: groupCount }, (_, g) => `group ${g}`),
    model: {
      predicted: pick(three.predicted),
      scores: scores && rows.flatMap((i) => scores.slice(i * classCount, (i + 1) * classCount)),
    },
    baseline: null,
    clusters: null,
  };
  return computeEvaluation(evaluationInput(compared), none, createSilentContext());
}

describe('the paper’s table as a view of an evaluation', () => {
  it('has of each group what scikit-learn finds of its scores', async () => {
    const { detail, report } = paperTable(await evaluationOf(2));
    for (const [g, { auc, brier, n }] of three.expected.groups.slice(0, 2).entries()) {
      const found = detail.scores!.groups[g]!;
      expect(found.auc).toBeCloseTo(auc, 12);
      expect(found.brier).toBeCloseTo(brier, 12);
      expect(found.reliability.reduce((sum, bin) => sum + bin.n, 0)).toBe(n);
      expect(report.groups[g]!.n).toBe(n);
    }
  });

  it('has the other readings of the gaps, and nothing that was not computed', async () => {
    const { detail, report, fate, bootstrap, noiseFloor } = paperTable(await evaluationOf(2, null));
    expect(detail.gaps.eopp1).toBe(report.eopp1);
    expect(detail.gaps.eopp1Sum).toBeCloseTo(three.classCount * report.eopp1, 12);
    expect([detail.scores, fate, bootstrap, noiseFloor]).toEqual([null, null, null, null]);
  });

  it('is of two groups', async () => {
    const all = await evaluationOf(3);
    expect(() => paperTable(all)).toThrow(
      expect.objectContaining({ code: 'predictions-invalid', details: { groups: 3 } }),
    );
  });
});

describe('the evaluation of three groups', () => {
  it('has of all samples and each group what scikit-learn finds of the scores', async () => {
    const { model } = await evaluationOf(3);
    expect(model.scores!.overall.auc).toBeCloseTo(three.expected.overall.auc, 12);
    expect(model.equityScaledAuc.value).toBeCloseTo(three.expected.equityScaledAuc, 12);
  });
});
