import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../../foundation/createJobControl';
import { countConfusion } from '../countConfusion';
import { evaluateGroups } from '../evaluateGroups';
import sklearn from '../golden/sklearnMetrics.json';
import { describeScores, evaluateScores } from './evaluateScores';
import { type PreparedScores, prepareScores, type ScoredModel } from './prepareScores';

/** float64 against float64. */
const digits = 12;

const prepare = (model: Omit<ScoredModel, 'binCount'>, binCount = 10): Promise<PreparedScores> =>
  prepareScores({ ...model, binCount }, createSilentContext());

const ones = (n: number) => new Int32Array(n).fill(1);

describe('evaluateScores and evaluateGroups against scikit-learn', () => {
  for (const [index, item] of sklearn.cases.entries()) {
    it(`agree on three groups and ${item.classCount} classes, case ${index}`, async () => {
      const { labels, predicted, groups, classCount } = item;
      const prepared = await prepare(item);
      const scores = evaluateScores(prepared, ones(labels.length), groups, 3);
      const counts = countConfusion({ labels, predicted, groups, classCount, groupCount: 3 });
      const evaluation = evaluateGroups(counts, scores);
      expect(evaluation.equityScaledAuc).toBeCloseTo(item.expected.equityScaledAuc, digits);
      const sets = [
        { found: { ...evaluation.overall, ...scores.overall }, wanted: item.expected.overall },
        ...item.expected.groups.map((wanted, g) => ({
          found: { ...evaluation.groups[g]!, ...scores.groups[g]! },
          wanted,
        })),
      ];
      for (const { found, wanted } of sets) {
        expect(found.n).toBe(wanted.n);
        for (const name of ['accuracy', 'balancedAccuracy', 'precision', 'recall', 'f1', 'brier'] as const) {
          expect(found[name]).toBeCloseTo(wanted[name], digits);
        }
        expect(found.auc).toBeCloseTo(wanted.auc!, digits);
        for (const [k, auc] of wanted.aucByClass.entries()) {
          if (auc === null) expect(found.aucByClass[k]).toBeNull();
          else expect(found.aucByClass[k]).toBeCloseTo(auc, digits);
        }
      }
    });
  }
});

describe('evaluateScores on a case worked by hand', () => {
  // Scores of class 1; class 0 has the rest. Bins of width 1/2.
  const inputs = {
    labels: [1, 1, 0, 0, 0],
    predicted: [1, 0, 0, 0, 1],
    scores: [0.1, 0.9, 0.6, 0.4, 0.6, 0.4, 0.8, 0.2, 0.3, 0.7],
    classCount: 2,
  };

  it('counts ties as one half', async () => {
    const { overall } = evaluateScores(await prepare(inputs), ones(5), [0, 0, 0, 0, 0], 1);
    // Positives 0.9 above all three; 0.4 ties one, is above 0.2 and below 0.7: (3 + 1.5) / 6.
    expect(overall.aucByClass[1]).toBeCloseTo(0.75, 12);
    expect(overall.aucByClass[0]).toBeCloseTo(0.75, 12);
  });

  it('weighs a sample as often as it was drawn', async () => {
    const weights = Int32Array.of(1, 2, 1, 0, 3);
    const { overall } = evaluateScores(await prepare(inputs), weights, [0, 0, 0, 0, 0], 1);
    // Negatives 0.4 (once), 0.7 (three times): 0.9 is above 4; 0.4, twice, ties one: (4 + 2 · 0.5) / (3 · 4).
    expect(overall.aucByClass[1]).toBeCloseTo(5 / 12, 12);
    // Squared errors per sample, both classes: 0.02, 0.72, 0.32, 0.08, 0.98.
    expect(overall.brier).toBeCloseTo((0.02 + 2 * 0.72 + 0.32 + 3 * 0.98) / 7, 12);
  });

  it('bins the score of the predicted class', async () => {
    const { overall } = describeScores(await prepare(inputs, 2), [0, 0, 0, 0, 0], 1);
    // All confidences lie above one half: 0.9 right, 0.6 wrong, 0.6 right, 0.8 right, 0.7 wrong.
    expect(overall.reliability[0]).toEqual({ low: 0, high: 0.5, n: 0, confidence: null, accuracy: null });
    expect(overall.reliability[1]).toMatchObject({ low: 0.5, high: 1, n: 5, accuracy: 0.6 });
    expect(overall.reliability[1]!.confidence).toBeCloseTo(3.6 / 5, 12);
    expect(overall.ece).toBeCloseTo(0.12, 12);
  });

  it('has no AUC for a group without samples of both kinds', async () => {
    const { groups } = evaluateScores(await prepare(inputs), ones(5), [0, 0, 1, 1, 1], 2);
    expect(groups[0]!.auc).toBeNull();
    expect(groups[1]!.aucByClass).toEqual([null, null]);
  });

  it('puts a confidence on a bound into the bin below, and 0 into the first', async () => {
    const prepared = await prepare(
      { labels: [0, 0, 0], predicted: [0, 0, 1], scores: [0.5, 0.5, 1, 0, 1, 0], classCount: 2 },
      2,
    );
    expect([...prepared.bin]).toEqual([0, 1, 0]);
  });
});

describe('evaluateScores, for any scores and weights,', () => {
  // Few distinct scores: many ties.
  const score = fc.nat(3).map((value) => value / 3);
  const sample = fc.record({
    label: fc.nat(2),
    group: fc.nat(4),
    scores: fc.tuple(score, score, score),
    weight: fc.nat(3),
  });
  type Sample = { label: number; group: number; scores: [number, number, number]; weight: number };

  /** The AUC of class k by its definition; null without pairs. */
  function countPairs(samples: Sample[], k: number): number | null {
    let pairs = 0;
    let above = 0;
    for (const positive of samples.filter(({ label }) => label === k)) {
      for (const negative of samples.filter(({ label }) => label !== k)) {
        const weight = positive.weight * negative.weight;
        pairs += weight;
        above += (weight * (1 + Math.sign(positive.scores[k]! - negative.scores[k]!))) / 2;
      }
    }
    return pairs === 0 ? null : above / pairs;
  }

  it('gives the AUC that counting all pairs gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sample, { minLength: 1, maxLength: 40 }), async (samples) => {
        const labels = samples.map(({ label }) => label);
        const scores = samples.flatMap((one) => one.scores);
        const prepared = await prepare({ labels, predicted: labels, scores, classCount: 3 });
        const weights = Int32Array.from(samples, ({ weight }) => weight);
        const groups = samples.map(({ group }) => group);
        const { groups: byGroup, overall } = evaluateScores(prepared, weights, groups, 5);
        const sets = byGroup.map(({ aucByClass }, g) => ({
          aucByClass,
          members: samples.filter(({ group }) => group === g),
        }));
        for (const { aucByClass, members } of [...sets, { aucByClass: overall.aucByClass, members: samples }]) {
          for (const k of [0, 1, 2]) {
            const wanted = countPairs(members, k);
            if (wanted === null) expect(aucByClass[k]).toBeNull();
            else expect(aucByClass[k]).toBeCloseTo(wanted, 12);
          }
        }
      }),
    );
  });
});
