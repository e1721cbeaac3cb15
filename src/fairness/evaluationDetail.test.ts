import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../foundation/createJobControl';
import { evaluateDetail } from './evaluationDetail';
import sklearn from './golden/sklearnMetrics.json';

const item = sklearn.cases[1]!;
const predictions = { ...item, groupCount: 3 };
const detailOf = (scores: number[]) => evaluateDetail(predictions, Float64Array.from(scores), createSilentContext());

describe('evaluateDetail', () => {
  it('keeps what scikit-learn finds, by group and for all', async () => {
    const { scores } = await detailOf(item.scores);
    expect(scores!.overall.auc).toBeCloseTo(item.expected.overall.auc, 12);
    expect(scores!.equityScaledAuc).toBeCloseTo(item.expected.equityScaledAuc, 12);
    for (const [g, { auc, brier, n }] of item.expected.groups.entries()) {
      const found = scores!.groups[g]!;
      expect(found.auc).toBeCloseTo(auc, 12);
      expect(found.brier).toBeCloseTo(brier, 12);
      expect(found.reliability.reduce((sum, bin) => sum + bin.n, 0)).toBe(n);
    }
  });

  it('has the gaps, and no scores, of a model whose scores are no numbers', async () => {
    const { gaps, scores } = await detailOf(item.scores.map(() => Number.NaN));
    expect(scores).toBeNull();
    expect(gaps.eopp1Sum).toBeCloseTo(4 * gaps.eopp1!, 12);
  });
});
