/** Metrics of one group's samples. The first five come from predicted classes, the others need scores. */
export type MetricName = CountMetricName | ScoreMetricName;
export type CountMetricName = 'accuracy' | 'balancedAccuracy' | 'precision' | 'recall' | 'f1';
export type ScoreMetricName = 'auc' | 'brier' | 'ece';

export const countMetricNames: readonly CountMetricName[] = [
  'accuracy',
  'balancedAccuracy',
  'precision',
  'recall',
  'f1',
];
export const scoreMetricNames: readonly ScoreMetricName[] = ['auc', 'brier', 'ece'];
export const metricNames: readonly MetricName[] = [...countMetricNames, ...scoreMetricNames];

/** What a metric is called, what it is, and which direction is better. */
export interface MetricDefinition {
  label: string;
  /** In one sentence, for the reader of a table. */
  meaning: string;
  better: 'higher' | 'lower';
}

export const metricDefinitions: Record<MetricName, MetricDefinition> = {
  accuracy: { label: 'Accuracy', meaning: 'Share of samples whose class is predicted.', better: 'higher' },
  balancedAccuracy: {
    label: 'Balanced accuracy',
    meaning: 'Mean recall over the classes that have samples in the group.',
    better: 'higher',
  },
  precision: {
    label: 'Precision',
    meaning: 'Macro mean over the classes that occur as label or prediction in the group.',
    better: 'higher',
  },
  recall: {
    label: 'Recall',
    meaning: 'Macro mean over the classes that occur as label or prediction in the group.',
    better: 'higher',
  },
  f1: {
    label: 'F1',
    meaning: 'Macro mean over the classes that occur as label or prediction in the group.',
    better: 'higher',
  },
  auc: {
    label: 'AUC',
    meaning: 'Area under the ROC curve, one class against the rest, mean over the classes that have both.',
    better: 'higher',
  },
  brier: {
    label: 'Brier score',
    meaning: 'Mean squared distance of the scores from the true class, summed over the classes: 0 to 2.',
    better: 'lower',
  },
  ece: {
    label: 'ECE',
    meaning: 'Expected calibration error: mean gap of confidence and accuracy over bins of confidence.',
    better: 'lower',
  },
};
