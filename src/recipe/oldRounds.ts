import type { ModelId } from '../foundation/ids';
import { subjectImportance } from '../importance/importances';
import type { RunHead } from './runHead';
import type { RoundName } from './runRecord';

/** A round of a run whose model nothing needs any more. */
export interface OldRound extends RoundName {
  modelId: ModelId;
  /** Bytes of its weights. */
  bytes: number;
}

/**
 * The rounds of a finished run whose models may go: all but the last of every arm and those that are reported. The test split is
 * opened for every arm at the round that SNNL-Fair reports, so that this round stays in all arms. A run that is not finished
 * has none.
 */
export function oldRounds({ status, arms }: Pick<RunHead, 'status' | 'arms'>): OldRound[] {
  if (status !== 'finished') return [];
  const reported = arms.find(({ arm }) => arm === subjectImportance.id)?.chosenRound ?? 0;
  return arms.flatMap(({ arm, rounds, chosenRound }) =>
    rounds
      .filter(({ round }) => round !== chosenRound && round !== reported && round !== rounds.at(-1)!.round)
      .map(({ round, modelId, bytes }) => ({ arm, round, modelId, bytes })),
  );
}
