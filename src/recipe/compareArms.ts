import type { SplitName } from '../dataset/splitName';
import { type Dataset, splitIndices } from '../dataset/stored/dataset';
import { compareFates, type FateDifference } from '../fairness/compareFates';
import { byCriterion, type FairnessCriterion } from '../fairness/paperTable';
import type { JobContext } from '../foundation/jobContext';
import { importanceLabel, subjectImportance } from '../importance/importances';
import { gapStanding } from './maskFate';
import type { RunConfig } from './runConfig';
import type { ArmHead } from './runHead';
import type { ArmContest, ArmRecord, Evaluation } from './runRecord';
import { isCutShort } from './stopRule';

/** A finished round of an arm. */
export interface ArmResult {
  arm: string;
  round: number;
  evaluation: Evaluation;
}

export interface ArmsToCompare {
  dataset: Dataset;
  split: SplitName;
  baseline: Evaluation;
  /** Of every arm one result, all on the split and after the same round. */
  results: readonly ArmResult[];
  config: RunConfig;
}

/**
 * The round that SNNL-Fair and its controls are compared at: the one that it reports, or else its last one.
 * @returns 0 when it has finished none
 */
export function contestRound(arms: readonly ArmHead[]): number {
  const own = arms.find(({ arm }) => arm === subjectImportance.id);
  return own ? own.chosenRound || (own.rounds.findLast((round) => !isCutShort(round))?.round ?? 0) : 0;
}

/** What every arm was after a round; arms that have not come so far, or were cut short in it, are missing. */
export function resultsAtRound(arms: readonly ArmRecord[], round: number): ArmResult[] {
  return arms.flatMap(({ arm, rounds }) => {
    const found = rounds[round - 1];
    return found && !isCutShort(found) ? [{ arm, round, evaluation: found.evaluation }] : [];
  });
}

/**
 * SNNL-Fair against every other arm after the same round and on the same resamples, in FATE and in the gap itself: whether
 * the ranking has earned credit over its controls. Where the baseline has no gap beyond chance there is no FATE to compare.
 *
 * @returns nothing when SNNL-Fair has no result, or when no replicates are asked for
 * @throws LabError `cancelled`
 */
export async function compareArms(
  { dataset, split, baseline, results, config }: ArmsToCompare,
  context: JobContext,
): Promise<ArmContest[]> {
  const { replicates, level } = config.statistics;
  const own = results.find(({ arm }) => arm === subjectImportance.id);
  if (!own || replicates === 0) return [];
  const { samples, classNames } = dataset.manifest;
  const indices = splitIndices(dataset.manifest, split);
  const pick = <T>(values: readonly T[]) => Array.from(indices, (index) => values[index]!);
  const rivals = results.filter(({ arm, round }) => arm !== subjectImportance.id && round === own.round);
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
      context.part(`against ${importanceLabel(arm)}`, index / rivals.length, (index + 1) / rivals.length),
    );
    const hasGap = (criterion: FairnessCriterion) => gapStanding(baseline, criterion) !== 'within-chance';
    contests.push({
      rival: arm,
      round: own.round,
      rivalRound: round,
      difference: byCriterion((criterion) => (hasGap(criterion) ? pair(fates[criterion].difference) : none)),
      gapDifference: byCriterion((criterion) => pair(fates[criterion].gapDifference)),
    });
  }
  return contests;
}

const none = { value: null, interval: null };

function pair({ value, interval }: FateDifference['difference']) {
  return { value, interval };
}
