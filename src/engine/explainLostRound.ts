import type { FileStore } from '../artifacts/fileStore';
import { tidyUp } from '../artifacts/tidyUp';
import type { ModelId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import { tellsOfLostModel } from '../recipe/repairRun';
import { openRunJournal } from '../recipe/runArchive';
import { runOfRoundModel } from '../recipe/runRecipe';

/**
 * What is told when a model cannot be opened. That of a run's round can be computed again: the run notes that it is damaged, so
 * that it is offered to be resumed, and the error says so. Of one that was let go it says that. Any other error is told as it is.
 */
export async function explainLostRound(store: FileStore, id: ModelId, error: unknown): Promise<unknown> {
  const run = runOfRoundModel(id);
  if (!tellsOfLostModel(error) || run === null) return error;
  const journal = await openRunJournal(store, run).catch(() => null);
  if (!journal || journal.run.absentModels.has(id)) return notKept(id, error);
  if (!journal.run.damagedModels.has(id)) {
    await tidyUp(() => journal.append({ kind: 'model-damaged', at: new Date().toISOString(), model: id }));
  }
  return new LabError({
    code: error.code,
    message: `The model of this round is damaged or missing: ${error.message}`,
    hint: `Resume the run ${run}: the round is computed again from its seed, whole rounds stay as they are.`,
    details: { ...error.details, run },
    cause: error,
  });
}

function notKept(id: ModelId, cause: LabError): LabError {
  const [run, arm, round] = id.split('~');
  return new LabError({
    code: 'model-not-found',
    message: `The model of round ${round} (${arm}) of the run ${run} is not kept: old rounds were let go, or the record came from a file.`,
    hint: 'Go on from the reported round or the last one, or run again with the same settings and seed.',
    details: { run: run!, arm: arm!, round: Number(round) },
    cause,
  });
}
