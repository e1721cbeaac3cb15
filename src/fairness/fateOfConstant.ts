import { computeFate } from './computeFate';
import type { FairnessCriterion } from './paperTable';
import type { TwoGroupReport } from './paperTableSchema';
import type { GroupMetrics } from './rateGroup';

/**
 * FATE of a classifier that gives every sample the class with the best Avg F1: without any use it has no gap, so that its
 * FATE is ACC / ACC_b, above 0. What a model gains is to be read against it.
 *
 * @param baseline what FATE is taken against; the counts of its classes are those of the samples
 * @returns null where FATE is undefined
 */
export function fateOfConstant(baseline: TwoGroupReport, criterion: FairnessCriterion): number | null {
  const classes = Array.from({ length: baseline.classCount }, (_, label) => label);
  const accuracies = classes.map((label) => mean(baseline.groups.map((group) => f1OfConstant(group, label))));
  return computeFate({
    accuracyModel: Math.max(...accuracies),
    accuracyBaseline: baseline.rows.f1.avg,
    criterionModel: 0,
    criterionBaseline: baseline[criterion],
    lambda: 1,
  });
}

/** Macro F1 over the classes that occur in the group or are predicted: of all but one it is 0. */
function f1OfConstant({ n, perClass }: GroupMetrics, label: number): number {
  const { support } = perClass[label]!;
  const occurring = perClass.filter((rates, other) => rates.support > 0 || other === label).length;
  return (2 * support) / (n + support) / occurring;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
