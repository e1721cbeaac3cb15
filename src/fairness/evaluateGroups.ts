import { type ConfusionCounts, poolGroups } from './countConfusion';
import type { FigureTree } from './fairnessEvaluation';
import { type GapName, gapNames } from './gapDefinitions';
import { mapRecord } from './mapRecord';
import { measurePairGaps } from './measurePairGaps';
import {
  countMetricNames,
  type MetricName,
  metricDefinitions,
  metricNames,
  type ScoreMetricName,
} from './metricDefinitions';
import { type GroupMetrics, rateGroup, rateGroups } from './rateGroup';
import type { ByGroup, ScoreValues } from './scores/scoreMetrics';
import { type GroupSpread, spreadOfGroups } from './spreadOfGroups';

type PairValue = GroupSpread['gap'];

/** What a model does on any number of groups, and how far they are apart. */
export interface GroupEvaluation {
  groups: GroupMetrics[];
  overall: GroupMetrics;
  /** By each definition, the largest over all pairs of groups, and that pair. */
  gaps: Record<GapName, PairValue>;
  metrics: Record<MetricName, GroupSpread & { overall: number | null; groups: (number | null)[] }>;
  equityScaledAuc: number | null;
  classes: { support: number[]; tpr: (number | null)[]; gap: PairValue }[];
}

/**
 * Every metric of one model by group, from counts and, where there are scores, from what these are worth.
 *
 * With two groups the gaps are the paper's. With more, a gap is that of the pair of groups with the largest one: each
 * pair gives one number by the two-group definition, and the largest is taken; ties name the first pair.
 *
 * @param counts of at least two groups
 * @param scores of the same samples in the same groups; null when only predicted classes are known
 * @throws LabError `group-too-small` when a group has no samples
 */
export function evaluateGroups(counts: ConfusionCounts, scores: ByGroup<ScoreValues> | null): GroupEvaluation {
  const groups = rateGroups(counts);
  const overall = rateGroup(poolGroups(counts), 0);
  const metric = (name: MetricName) => {
    const values = groups.map((group, g) => (isCounted(name) ? group[name] : (scores?.groups[g]?.[name] ?? null)));
    return {
      ...spreadOfGroups(values, metricDefinitions[name].better),
      overall: isCounted(name) ? overall[name] : (scores?.overall[name] ?? null),
      groups: values,
    };
  };
  const metrics = Object.fromEntries(metricNames.map((name) => [name, metric(name)])) as GroupEvaluation['metrics'];
  return {
    groups,
    overall,
    gaps: largestGaps(counts, groups),
    metrics,
    equityScaledAuc: scaleAuc(metrics.auc),
    classes: Array.from({ length: counts.classCount }, (_, k) => {
      const tpr = groups.map(({ perClass }) => (perClass[k]!.support > 0 ? perClass[k]!.tpr : null));
      return {
        support: groups.map(({ perClass }) => perClass[k]!.support),
        tpr,
        gap: spreadOfGroups(tpr, 'higher').gap,
      };
    }),
  };
}

/** The numbers of an evaluation that get an interval. */
export function figuresOf({ gaps, metrics, equityScaledAuc, classes }: GroupEvaluation): FigureTree<number | null> {
  return {
    gaps: mapRecord(gaps, ({ value }) => value),
    metrics: mapRecord(metrics, ({ overall, groups, average, worst, gap }) => ({
      overall,
      groups,
      average,
      worst: worst.value,
      gap: gap.value,
    })),
    equityScaledAuc,
    classes: classes.map(({ gap }) => gap.value),
  };
}

const counted: ReadonlySet<string> = new Set(countMetricNames);

function isCounted(name: MetricName): name is Exclude<MetricName, ScoreMetricName> {
  return counted.has(name);
}

function largestGaps(counts: ConfusionCounts, groups: GroupMetrics[]): Record<GapName, PairValue> {
  const largest = Object.fromEntries(gapNames.map((name) => [name, { value: null, pair: null }])) as Record<
    GapName,
    PairValue
  >;
  for (let a = 0; a < groups.length; a++) {
    for (let b = a + 1; b < groups.length; b++) {
      const gaps = measurePairGaps(counts, groups, a, b);
      for (const name of gapNames) {
        const value = gaps[name];
        if (value !== null && value > (largest[name].value ?? -1)) largest[name] = { value, pair: [a, b] };
      }
    }
  }
  return largest;
}

/**
 * Equity-scaled AUC: the AUC of all samples, scaled down by how far each group's lies from it.
 *
 *     ES-AUC = AUC / (1 + Σ_q |AUC - AUC_q|)
 *
 * Source: Luo et al., "Harvard Glaucoma Fairness" (2024), for the metric. Null when the AUC of all samples or of any
 * group is undefined.
 */
function scaleAuc({ overall, groups }: { overall: number | null; groups: (number | null)[] }): number | null {
  if (overall === null) return null;
  let distance = 0;
  for (const auc of groups) {
    if (auc === null) return null;
    distance += Math.abs(overall - auc);
  }
  return overall / (1 + distance);
}
