import { subjectImportance } from '../../importance/importances';
import { type ArmOverSeeds, armsOverSeeds, reportedRound, unprunedOverSeeds } from '../../recipe/armsOverSeeds';
import type { RunRecord } from '../../recipe/runRecord';

/** Runs that differ in their seed alone, put together. */
export interface SeedRunsSummary {
  seeds: number[];
  /** The criterion that stops the runs, and that FATE is of. */
  criterion: RunRecord['config']['pruning']['criterion'];
  unpruned: ArmOverSeeds['summaries'];
  /** After the round that each run reports; `rounds` has it for each seed, 0 where SNNL-Fair reports none and its last stands for it. */
  reported: { rounds: number[]; arms: ArmOverSeeds[] };
  /** After the last round, which is fixed beforehand: no run's luck chooses it. */
  last: { round: number; arms: ArmOverSeeds[] };
}

/** @param runs one of each seed, at least one, of the same settings, data and model */
export function summariseSeedRuns(runs: readonly RunRecord[]): SeedRunsSummary {
  const { rounds, criterion } = runs[0]!.config.pruning;
  return {
    seeds: runs.map(({ config }) => config.seed),
    criterion,
    unpruned: unprunedOverSeeds(runs),
    reported: {
      rounds: runs.map(({ arms }) => arms.find(({ arm }) => arm === subjectImportance.id)?.chosenRound ?? 0),
      arms: armsOverSeeds(runs, reportedRound),
    },
    last: { round: rounds, arms: armsOverSeeds(runs, () => rounds) },
  };
}
