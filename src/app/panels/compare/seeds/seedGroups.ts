import { type ArmOverSeeds, armsOverSeeds } from '../../../../recipe/armsOverSeeds';
import { originWords } from '../../../../recipe/describeOrigin';
import type { RunHead } from '../../../../recipe/runHead';

/** Finished runs that differ in their seed alone, all after the same round. */
export interface SeedGroup {
  /** The newest of them, for the settings that all share. */
  run: RunHead;
  /** Each with what is to be said of where its run is from; empty when it was computed here. */
  seeds: { seed: number; origin: string }[];
  round: number;
  arms: ArmOverSeeds[];
}

/**
 * Groups runs by everything but the seed; of two runs with the same seed the newer counts. Single runs are no group.
 *
 * @param round the round to compare all runs after: fixed beforehand, so that no run's luck chooses it; at most a group's n
 */
export function seedGroups(runs: readonly RunHead[], round: number): SeedGroup[] {
  const bySettings = new Map<string, Map<number, RunHead>>();
  const finished = runs.filter(({ status, endedEarly }) => status === 'finished' && !endedEarly);
  for (const run of finished.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt))) {
    const key = settingsKey(run);
    bySettings.set(key, (bySettings.get(key) ?? new Map<number, RunHead>()).set(run.config.seed, run));
  }
  return [...bySettings.values()]
    .map((bySeed) => [...bySeed.values()].toSorted((a, b) => a.config.seed - b.config.seed))
    .filter((group) => group.length > 1)
    .map((group) => summariseGroup(group, Math.min(round, group[0]!.config.pruning.rounds)));
}

function settingsKey({ dataset, model, layer, config }: RunHead): string {
  const { seed: _seed, ...settings } = config;
  return JSON.stringify([dataset.id, dataset.splitHashes, model.id, layer, settings]);
}

function summariseGroup(runs: RunHead[], round: number): SeedGroup {
  return {
    run: runs.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))[0]!,
    seeds: runs.map((run) => ({ seed: run.config.seed, origin: originWords(run) })),
    round,
    arms: armsOverSeeds(runs, () => round),
  };
}
