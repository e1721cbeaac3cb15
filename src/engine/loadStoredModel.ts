import type { FileStore } from '../artifacts/fileStore';
import type { ModelId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import type { LabModel } from '../model/labModel';
import { loadModel } from '../model/modelStore';

const roundModelPattern = /^([^~]+)~([^~]+)~(\d+)$/;

/**
 * Opens a stored model. Of a round whose model is not there it says so.
 * @throws LabError `model-not-found`, `artifact-damaged`, `model-unreadable`
 */
export async function loadStoredModel(store: FileStore, id: ModelId): Promise<LabModel> {
  try {
    return await loadModel(store, id);
  } catch (error) {
    const [, run, arm, round] = roundModelPattern.exec(id) ?? [];
    if (run === undefined || !(error instanceof LabError) || error.code !== 'model-not-found') throw error;
    throw new LabError({
      code: 'model-not-found',
      message: `The model of round ${round} (${arm}) of the run ${run} is not kept: old rounds were let go, or the record came from a file.`,
      hint: 'Go on from the reported round or the last one, or run again with the same settings and seed.',
      details: { run: run!, arm: arm!, round: Number(round) },
      cause: error,
    });
  }
}
