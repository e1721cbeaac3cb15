import { beforeAll, describe, expect, it } from 'vitest';
import { defaultEvaluationSettings, evaluate } from '../../../fairness/evaluate';
import type { FairnessEvaluation } from '../../../fairness/fairnessEvaluation';
import { createSilentContext } from '../../../foundation/createJobControl';
import { evaluationInput } from '../../../testing/evaluationInput';
import { classGapRows } from './classGapRows';
import { gapForestRows, groupForestRows } from './forestRows';
import { levellingRows } from './levellingRows';
import { reliabilitySeries } from './reliabilityRows';

/** Groups x (4 samples, 3 right), y (2, 1 right), z (2, 2 right); the baseline has 2, 1 and 1 right. */
const labels = [0, 0, 1, 1, 0, 1, 0, 1];
const groups = [0, 0, 0, 0, 1, 1, 2, 2];
const predicted = [0, 0, 1, 0, 0, 0, 0, 1];
const baseline = [0, 1, 1, 0, 0, 0, 0, 0];
const scores = predicted.flatMap((k) => (k === 0 ? [0.9, 0.1] : [0.3, 0.7]));

let analysis: FairnessEvaluation;
beforeAll(async () => {
  analysis = await evaluate(
    evaluationInput({
      labels,
      groups,
      classNames: ['a', 'b'],
      groupNames: ['x', 'y', 'z'],
      model: { predicted, scores },
      baseline: { predicted: baseline, scores: null },
      clusters: null,
    }),
    { ...defaultEvaluationSettings, replicates: 0, permutations: 50, calibrationBins: 2 },
    createSilentContext(),
  );
});

describe('forest rows', () => {
  it('are every group with its samples, then all samples, before and after', () => {
    const rows = groupForestRows(analysis, 'accuracy');
    expect(rows.map(({ label, n, before, after }) => [label, n, before?.value, after.value])).toEqual([
      ['x', 4, 0.5, 0.75],
      ['y', 2, 0.5, 0.5],
      ['z', 2, 0.5, 1],
      ['All samples', 8, 0.5, 0.75],
    ]);
    expect(rows[0]!.after).toEqual({ value: 0.75, low: null, high: null, isDoubtful: false });
  });

  it('of gaps carry the band of chance', () => {
    const [eopp1, accuracy] = gapForestRows(analysis, ['eopp1', 'accuracy']);
    // True positive rates of class b: x 1/2, y 0, z 1; of a: 1 throughout. The furthest apart are y and z.
    expect(eopp1).toMatchObject({ label: 'Eopp1', n: null, after: { value: 0.5 } });
    expect(accuracy).toMatchObject({ label: 'Accuracy gap', after: { value: 0.5 }, before: { value: 0 } });
    expect(eopp1!.band!.high).toBeGreaterThan(0);
  });
});

it('class gaps take the widest pair of any number of groups', () => {
  expect(classGapRows(analysis.model.groups, analysis.classNames)[0]).toEqual({
    className: 'b',
    groups: [
      { n: 2, tpr: 0.5 },
      { n: 1, tpr: 0 },
      { n: 1, tpr: 1 },
    ],
    gap: 1,
    interval: null,
  });
});

it('reliability has the bins with samples of each group, and none without scores', () => {
  const { groupNames, model, baseline: unpruned } = analysis;
  const series = reliabilitySeries(groupNames, model.groups, model.scores)!;
  // Group x: confidences 0.9, 0.9, 0.7, 0.9, all above 0.5; three of four right.
  expect(series[0]).toMatchObject({ name: 'x', n: 4, points: [{ n: 4, accuracy: 0.75 }] });
  expect(series[0]!.points[0]!.confidence).toBeCloseTo(0.85, 12);
  expect(reliabilitySeries(groupNames, unpruned!.groups, unpruned!.scores)).toBeNull();
});

it('levelling has every group', () => {
  const { groupNames, model, baseline: unpruned } = analysis;
  const rows = levellingRows({ before: unpruned!.groups, after: model.groups }, groupNames, 'accuracy');
  expect(rows.map(({ name, before, after }) => [name, before, after])).toEqual([
    ['x', 0.5, 0.75],
    ['y', 0.5, 0.5],
    ['z', 0.5, 1],
  ]);
});
