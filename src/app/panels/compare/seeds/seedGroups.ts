import {
  compareSeeds,
  type SeedComparison,
  type SeedSummary,
  summariseSeeds,
} from '../../../../fairness/overSeeds/compareSeeds';
import type { ArmName } from '../../../../recipe/runConfig';
import type { RunRecord } from '../../../../recipe/runRecord';
import { eligibleRounds } from '../../../../recipe/stopRule';
import { findArm, findRound } from '../../results/shownEvaluations';

/** Finished runs that differ in their seed alone, all after the same round. */
export interface SeedGroup {
  /** The newest of them, for the settings that all share. */
  run: RunRecord;
  seeds: number[];
  round: number;
  arms: ArmOverSeeds[];
}

/** One arm over the seeds after one round. A round that a run's stop rule rejected counts as what it was. */
export interface ArmOverSeeds {
  arm: ArmName;
  /** Seeds whose arm has done the round, and those of them where the stop rule had fired. */
  doneCount: number;
  rejectedCount: number;
  /** Null when no seed has done the round. */
  f1: SeedSummary | null;
  /** Of the criterion that the runs were stopped by. */
  gap: SeedSummary | null;
  /** Null when FATE is no number for a seed. */
  fate: SeedSummary | null;
  /** SNNL-Fair's gap minus this arm's, over the seeds where both have done the round; null for SNNL-Fair itself. */
  gapAgainst: SeedComparison | null;
}

/**
 * Groups runs by everything but the seed; of two runs with the same seed the newer counts. Single runs are no group.
 *
 * @param round the round to compare all runs after: fixed beforehand, so that no run's luck chooses it; at most a group's n
 */
export function seedGroups(runs: readonly RunRecord[], round: number): SeedGroup[] {
  const bySettings = new Map<string, Map<number, RunRecord>>();
  const finished = runs.filter(({ status, endedEarly }) => status === 'finished' && !endedEarly);
  for (const run of finished.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))) {
    const key = settingsKey(run);
    bySettings.set(key, (bySettings.get(key) ?? new Map<number, RunRecord>()).set(run.config.seed, run));
  }
  return [...bySettings.values()]
    .map((bySeed) => [...bySeed.values()].toSorted((a, b) => a.config.seed - b.config.seed))
    .filter((group) => group.length > 1)
    .map((group) => summariseGroup(group, Math.min(round, group[0]!.config.pruning.rounds)));
}

function settingsKey({ dataset, model, layer, config }: RunRecord): string {
  const { seed: _seed, ...settings } = config;
  return JSON.stringify([dataset.id, dataset.splitHashes, model.id, layer, settings]);
}

function summariseGroup(runs: RunRecord[], round: number): SeedGroup {
  const names = runs[0]!.arms.map(({ arm }) => arm);
  const outcomesOf = (arm: ArmName) => runs.map((run) => outcomeOf(run, arm, round));
  const own = names.includes('snnl') ? outcomesOf('snnl') : null;
  return {
    run: runs.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0]!,
    seeds: runs.map(({ config }) => config.seed),
    round,
    arms: names.map((arm) => {
      const outcomes = outcomesOf(arm);
      const done = outcomes.filter((outcome) => outcome !== null);
      const fates = done.flatMap(({ fate }) => fate ?? []);
      const pairs = outcomes.flatMap((other, seed) => {
        const mine = own?.[seed];
        return mine && other ? [{ mine: mine.gap, other: other.gap }] : [];
      });
      const isRival = arm !== 'snnl' && pairs.length > 0;
      return {
        arm,
        doneCount: done.length,
        rejectedCount: done.filter(({ isRejected }) => isRejected).length,
        f1: summaryOf(done.map(({ f1 }) => f1)),
        gap: summaryOf(done.map(({ gap }) => gap)),
        fate: fates.length === done.length ? summaryOf(fates) : null,
        gapAgainst: isRival
          ? compareSeeds(
              pairs.map(({ mine }) => mine),
              pairs.map(({ other }) => other),
            )
          : null,
      };
    }),
  };
}

function summaryOf(values: readonly number[]): SeedSummary | null {
  return values.length > 0 ? summariseSeeds(values) : null;
}

/** Null when the arm has not done the round. */
function outcomeOf(run: RunRecord, name: ArmName, round: number) {
  const { criterion } = run.config.pruning;
  const arm = findArm(run, name);
  const found = arm && findRound(arm, round);
  if (!found) return null;
  const { report, fate } = found.evaluation;
  return {
    f1: report.rows.f1.avg,
    gap: report[criterion],
    fate: fate?.[criterion] ?? null,
    isRejected: !eligibleRounds(arm.rounds, arm.stop).includes(found),
  };
}
