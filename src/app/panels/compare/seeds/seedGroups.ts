import {
  compareSeeds,
  type SeedComparison,
  type SeedSummary,
  summariseSeeds,
} from '../../../../fairness/overSeeds/compareSeeds';
import type { ArmName } from '../../../../recipe/runConfig';
import type { RunRecord } from '../../../../recipe/runRecord';
import { findRound } from '../../results/shownEvaluations';

/** Finished runs that differ in their seed alone. */
export interface SeedGroup {
  /** The newest of them, for the settings that all share. */
  run: RunRecord;
  seeds: number[];
  arms: ArmOverSeeds[];
}

/** One arm over the seeds, at each run's chosen round (or unpruned where none was chosen). */
export interface ArmOverSeeds {
  arm: ArmName;
  f1: SeedSummary;
  /** Of the criterion that the runs were stopped by. */
  gap: SeedSummary;
  /** Null when FATE is undefined for a seed. */
  fate: SeedSummary | null;
  /** SNNL-Fair's gap minus this arm's, seed by seed; null for SNNL-Fair itself. */
  gapAgainst: SeedComparison | null;
}

/** Groups runs by everything but the seed; of two runs with the same seed the newer counts. Single runs are no group. */
export function seedGroups(runs: readonly RunRecord[]): SeedGroup[] {
  const bySettings = new Map<string, Map<number, RunRecord>>();
  const finished = runs.filter(({ status, endedEarly }) => status === 'finished' && !endedEarly);
  for (const run of finished.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))) {
    const key = settingsKey(run);
    bySettings.set(key, (bySettings.get(key) ?? new Map<number, RunRecord>()).set(run.config.seed, run));
  }
  return [...bySettings.values()]
    .map((bySeed) => [...bySeed.values()].toSorted((a, b) => a.config.seed - b.config.seed))
    .filter((group) => group.length > 1)
    .map(summariseGroup);
}

function settingsKey({ dataset, model, layer, config }: RunRecord): string {
  const { seed: _seed, ...settings } = config;
  return JSON.stringify([dataset.id, dataset.splitHashes, model.id, layer, settings]);
}

function summariseGroup(runs: RunRecord[]): SeedGroup {
  const [first] = runs;
  const names = first!.arms.map(({ arm }) => arm);
  const values = new Map(names.map((arm) => [arm, runs.map((run) => outcomeOf(run, arm))]));
  const snnl = values.get('snnl')?.map(({ gap }) => gap);
  return {
    run: runs.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0]!,
    seeds: runs.map(({ config }) => config.seed),
    arms: [...values].map(([arm, outcomes]) => {
      const gaps = outcomes.map(({ gap }) => gap);
      const fates = outcomes.flatMap(({ fate }) => fate ?? []);
      return {
        arm,
        f1: summariseSeeds(outcomes.map(({ f1 }) => f1)),
        gap: summariseSeeds(gaps),
        fate: fates.length === outcomes.length ? summariseSeeds(fates) : null,
        gapAgainst: arm === 'snnl' || !snnl ? null : compareSeeds(snnl, gaps),
      };
    }),
  };
}

function outcomeOf(run: RunRecord, name: ArmName): { f1: number; gap: number; fate: number | null } {
  const { criterion } = run.config.pruning;
  const arm = run.arms.find((candidate) => candidate.arm === name)!;
  const chosen = findRound(arm, arm.chosenRound);
  const { report, fate } = chosen?.evaluation ?? run.baseline.evaluation;
  return { f1: report.rows.f1.avg, gap: report[criterion], fate: chosen ? (fate?.[criterion] ?? null) : 0 };
}
