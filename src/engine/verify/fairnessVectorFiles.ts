import * as z from 'zod/mini';
import { computeFate } from '../../fairness/computeFate';
import { countConfusion } from '../../fairness/countConfusion';
import { evaluateGroups } from '../../fairness/evaluateGroups';
import { twoGroupReport } from '../../fairness/paperTable';
import { LabError } from '../../foundation/labError';
import { parseVectors } from '../../foundation/parseVectors';
import { createErrorTally } from './errorTally';
import { float64Tolerance, type VectorFile } from './vectorFile';

const numbers = z.array(z.number());
const row = z.object({ avg: z.number(), diff: z.number() });
const group = z.object({
  n: z.number(),
  accuracy: z.number(),
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  tpr: numbers,
  fpr: numbers,
  tnr: numbers,
  support: numbers,
});
const metricsSchema = z.object({
  cases: z.array(
    z.object({
      id: z.string(),
      K: z.number(),
      y: numbers,
      p: numbers,
      g: numbers,
      expected: z.nullable(
        z.object({
          fairness: z.object({
            eopp0: z.number(),
            eopp1: z.number(),
            eodd: z.number(),
            nBoth: z.number(),
            eopp0_both: z.nullable(z.number()),
            eopp1_both: z.nullable(z.number()),
            eodd_both: z.nullable(z.number()),
            eopp0_sum: z.number(),
            eopp1_sum: z.number(),
            eodd_sum: z.number(),
            eodd_sepAbs: z.number(),
            eodd_fairadabn: z.number(),
          }),
          overall: z.object({ accuracy: z.number(), precision: z.number(), recall: z.number(), f1: z.number() }),
          groups: z.array(group),
          rows: z.object({ precision: row, recall: row, f1: row, accuracy: row }),
        }),
      ),
    }),
  ),
});
const fateSchema = z.object({
  cases: z.array(
    z.object({
      accM: z.number(),
      accB: z.number(),
      fcM: z.number(),
      fcB: z.number(),
      lam: z.number(),
      fate: z.nullable(z.number()),
    }),
  ),
});

/** Null stands for undefined in the files. */
const orNaN = (value: number | null | undefined) => value ?? Number.NaN;

/** The paper's fairness table. */
export const fairnessVectors: VectorFile = {
  name: 'fairness_metrics.json',
  implementations: ['reference'],
  async check(json) {
    const tally = createErrorTally(float64Tolerance);
    for (const { id, K, y, p, g, expected } of parseVectors(metricsSchema, json, 'fairness_metrics.json').cases) {
      tally.begin(id);
      const samples = { labels: y, predicted: p, groups: g, classCount: K };
      const evaluate = () => evaluateGroups(countConfusion(samples), null);
      if (!expected) {
        tally.compare('refused', [refuses(evaluate) ? 1 : 0], [1]);
        continue;
      }
      const evaluated = evaluate();
      const { gaps, overall } = evaluated;
      const report = twoGroupReport(evaluated);
      const { fairness: f } = expected;
      tally.compare('eopp0', [report.eopp0], [f.eopp0]);
      tally.compare('eopp1', [report.eopp1], [f.eopp1]);
      tally.compare('eodd', [report.eodd], [f.eodd]);
      const both = report.bothGroups;
      tally.compare('nBoth', [both?.classCount ?? 0], [f.nBoth]);
      tally.compare(
        'both',
        [orNaN(both?.eopp0), orNaN(both?.eopp1), orNaN(both?.eodd)],
        [orNaN(f.eopp0_both), orNaN(f.eopp1_both), orNaN(f.eodd_both)],
      );
      tally.compare('sum', [gaps.eopp0Sum.value, gaps.eopp1Sum.value, gaps.eoddSum.value].map(orNaN), [
        f.eopp0_sum,
        f.eopp1_sum,
        f.eodd_sum,
      ]);
      tally.compare('eodd_sepAbs', [orNaN(gaps.eoddSeparate.value)], [f.eodd_sepAbs]);
      tally.compare('eodd_fairadabn', [orNaN(gaps.eoddFairAdaBn.value)], [f.eodd_fairadabn]);
      for (const field of ['precision', 'recall', 'f1', 'accuracy'] as const) {
        tally.compare(`overall ${field}`, [overall[field]], [expected.overall[field]]);
        const { avg, diff } = report.rows[field];
        tally.compare(`rows ${field}`, [avg, diff], [expected.rows[field].avg, expected.rows[field].diff]);
      }
      report.groups.forEach((found, q) => {
        const wanted = expected.groups[q]!;
        for (const field of ['n', 'accuracy', 'precision', 'recall', 'f1'] as const) {
          tally.compare(`group ${q} ${field}`, [found[field]], [wanted[field]]);
        }
        for (const field of ['tpr', 'fpr', 'tnr', 'support'] as const) {
          const perClass = found.perClass.map((rates) => rates[field]);
          tally.compare(`group ${q} ${field}`, perClass, wanted[field]);
        }
      });
    }
    return tally.summary();
  },
  notChecked: ['Fields *_signed and *_allK: other readings, which the lab does not offer.'],
};

/** FATE from its four numbers. */
export const fateVectors: VectorFile = {
  name: 'fate.json',
  implementations: ['reference'],
  async check(json) {
    const tally = createErrorTally(float64Tolerance);
    parseVectors(fateSchema, json, 'fate.json').cases.forEach(({ accM, accB, fcM, fcB, lam, fate }, index) => {
      tally.begin(`case ${index}`);
      const found = computeFate({
        accuracyModel: accM,
        accuracyBaseline: accB,
        criterionModel: fcM,
        criterionBaseline: fcB,
        lambda: lam,
      });
      tally.compare('fate', [orNaN(found)], [orNaN(fate)]);
    });
    return tally.summary();
  },
  notChecked: [],
};

function refuses(evaluate: () => unknown): boolean {
  try {
    evaluate();
    return false;
  } catch (error) {
    if (error instanceof LabError && error.code === 'group-too-small') return true;
    throw error;
  }
}
