import type { FileStore } from '../../artifacts/fileStore';
import { ownAll } from '../../artifacts/ownership';
import { deleteImageSet, namesOfImageSet } from '../../dataset/images/imageSet/deleteImageSet';
import { deleteDataset } from '../../dataset/stored/deleteDataset';
import type { ImageSetId, RunId } from '../../foundation/ids';
import { deleteModel, listModelIds } from '../../model/modelStore';
import { oldRounds } from '../../recipe/oldRounds';
import { openPredictionShelf } from '../../recipe/predictionArchive';
import { deleteRun, openRunJournal, recordOf, runCheckpointFolder, storedModels } from '../../recipe/runArchive';
import { roundModelPrefix } from '../../recipe/runRecipe';
import type { JobParams } from '../protocol/jobMap';
import { deleteTraining } from '../trainingArchive';
import type { Workspace } from '../workspace';
import type { JobHandlers } from './jobHandler';

export const storageJobs: Pick<JobHandlers, 'listInventory' | 'deleteStored'> = {
  listInventory: (_, { workspace }) => workspace.inventory(),

  async deleteStored(target, { workspace }) {
    await deleteTarget(target, workspace);
    return workspace.inventory();
  },
};

/** Deletes something with all that is in it; all of it stays when any of it is in use. @throws LabError `in-use` */
function deleteTarget(target: JobParams<'deleteStored'>, workspace: Workspace): Promise<void> {
  const { store } = workspace.host;
  switch (target.kind) {
    case 'dataset':
      return deleteDataset(store, target.id);
    case 'interrupted-import':
      return deleteImages(target.id, store);
    case 'model':
      return workspace.own(`model/${target.id}`, () => deleteModel(store, target.id));
    case 'training':
      return workspace.own(`training/${target.id}`, () => deleteTraining(store, target.id));
    case 'run':
      return workspace.own(`run/${target.id}`, () => deleteRunWithModels(target.id, store));
    case 'run-rounds':
      return workspace.own(`run/${target.id}`, () => letOldRoundsGo(target.id, store));
  }
}

async function deleteImages(id: ImageSetId, store: FileStore): Promise<void> {
  await ownAll(store.ownership, await namesOfImageSet(store, id), () => deleteImageSet(store, id));
}

/** Deletes the models of a finished run's old rounds, and what they predicted. Its record stays whole. */
async function letOldRoundsGo(id: RunId, store: FileStore): Promise<void> {
  const journal = await openRunJournal(store, id);
  const old = oldRounds(recordOf(journal, await storedModels(store)));
  const models = old.map(({ modelId }) => modelId);
  const names = models.map((model) => `model/${model}` as const);
  await ownAll(store.ownership, names, async () => {
    // Noted first: what goes on purpose is not taken for damage.
    await journal.append({ kind: 'models-absent', at: new Date().toISOString(), models });
    // The model goes last: while it is there, its round is offered to be let go.
    for (const { arm, round, modelId } of old) {
      await openPredictionShelf(store, id).forget({ arm, round });
      await deleteModel(store, modelId);
    }
  });
}

async function deleteRunWithModels(id: RunId, store: FileStore): Promise<void> {
  const prefix = roundModelPrefix(id);
  const models = (await listModelIds(store)).filter((model) => model.startsWith(prefix));
  const names = models.map((model) => `model/${model}` as const);
  await ownAll(store.ownership, names, async () => {
    for (const model of models) await deleteModel(store, model);
    await deleteRun(store, id);
    await store.remove(runCheckpointFolder(id));
  });
}
