import { type Dataset, type SplitName, splitIndices } from '../dataset/dataset';
import { byCriterion } from '../fairness/byCriterion';
import { compareFates } from '../fairness/compareFates';
import type { JobContext } from '../foundation/jobContext';
import { type ArmName, armLabels, type RunConfig } from './runConfig';
import type { ArmContest, Evaluation } from './runRecord';

/** The reported round of an arm. */
export interface ArmResult {
  arm: ArmName;
  round: number;
  evaluation: Evaluation;
}

export interface ArmsToCompare {
  dataset: Dataset;
  split: SplitName;
  baseline: Evaluation;
  /** Reported rounds on the split. */
  results: readonly ArmResult[];
  config: RunConfig;
}

/**
 * SNNL-Fair's FATE against that of every other arm, at their reported rounds and on the same resamples: whether the
 * ranking has earned credit over its controls.
 *
 * @returns nothing when SNNL-Fair has no reported round, or when no replicates are asked for
 * @throws LabError `cancelled`
 */
export async function compareArms(
  { dataset, split, baseline, results, config }: ArmsToCompare,
  context: JobContext,
): Promise<ArmContest[]> {
  const { replicates, level } = config.statistics;
  const own = results.find(({ arm }) => arm === 'snnl');
  if (!own || replicates === 0) return [];
  const { samples, classNames } = dataset.manifest;
  const indices = splitIndices(dataset.manifest, split);
  const pick = <T>(values: readonly T[]) => Array.from(indices, (index) => values[index]!);
  const rivals = results.filter(({ arm }) => arm !== 'snnl');
  const contests: ArmContest[] = [];
  for (const [index, { arm, round, evaluation }] of rivals.entries()) {
    const fates = await compareFates(
      {
        samples: { labels: pick(samples.labels), groups: pick(samples.groups), classCount: classNames.length },
        model: own.evaluation.predicted,
        rival: evaluation.predicted,
        baseline: baseline.predicted,
        clusters: samples.clusters && pick(samples.clusters),
      },
      { replicates, level, method: 'percentile', seed: config.seed, lambda: 1 },
      context.part(`against ${armLabels[arm]}`, index / rivals.length, (index + 1) / rivals.length),
    );
    contests.push({
      rival: arm,
      round: own.round,
      rivalRound: round,
      difference: byCriterion((criterion) => {
        const { value, interval } = fates[criterion].difference;
        return { value, interval };
      }),
    });
  }
  return contests;
}
