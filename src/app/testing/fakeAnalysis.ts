import { defaultEvaluationSettings } from '../../fairness/evaluate';
import type { Estimate, FairnessEvaluation, GapEstimate, ModelEvaluation } from '../../fairness/fairnessEvaluation';
import { type GapName, gapNames } from '../../fairness/gapDefinitions';
import { type MetricName, metricNames } from '../../fairness/metricDefinitions';
import type { GroupMetrics } from '../../fairness/rateGroup';

const groupNames = ['dark', 'medium', 'light'];
const classNames = ['benign', 'malignant'];

/** The analysis of a made-up model alone, of three groups and two classes. Its numbers do not follow from each other. */
export function fakeAnalysis(): FairnessEvaluation {
  return {
    n: 300,
    classNames,
    groupNames,
    leftOut: [{ groupName: 'unknown', n: 4 }],
    settings: { ...defaultEvaluationSettings, minimumGroupSize: 20 },
    unit: 'group × class',
    model: fakeModelAnalysis(),
    baseline: null,
    comparison: null,
  };
}

function fakeModelAnalysis(): ModelEvaluation {
  const values = [0.6, 0.7, 0.8];
  return {
    groups: values.map(fakeGroup),
    overall: { ...fakeGroup(0.7), n: 300 },
    confusion: values.map((value) => [
      [50 * value, 50 * (1 - value)],
      [50 * (1 - value), 50 * value],
    ]),
    scores: null,
    gaps: Object.fromEntries(gapNames.map((name) => [name, fakeGap(0.2)])) as Record<GapName, GapEstimate>,
    metrics: Object.fromEntries(
      metricNames.map((name) => [
        name,
        {
          overall: around(0.7),
          groups: values.map(around),
          average: around(0.7),
          worst: { ...around(0.6), group: 0 },
          gap: fakeGap(0.2),
        },
      ]),
    ) as Record<MetricName, ModelEvaluation['metrics']['f1']>,
    equityScaledAuc: around(0.58),
    classes: classNames.map(() => ({ support: [50, 50, 50], tpr: values, gap: fakeGap(0.2) })),
  };
}

function fakeGroup(value: number): GroupMetrics {
  return {
    n: 100,
    accuracy: value,
    balancedAccuracy: value,
    precision: value,
    recall: value,
    f1: value,
    perClass: classNames.map(() => ({ support: 50, tpr: value, fpr: 1 - value, tnr: value })),
  };
}

function around(value: number): Estimate {
  return { value, interval: { low: value - 0.05, high: value + 0.05 }, standardError: 0.025, biasRatio: 0.1 };
}

function fakeGap(value: number): GapEstimate {
  return {
    ...around(value),
    pair: [0, 2],
    floor: { mean: 0.05, q05: 0.02, q95: 0.1, aboveFloor: true, pValue: 0.001 },
  };
}
