import { deleteDataset } from '../../dataset/deleteDataset';
import { deleteImageSet } from '../../dataset/imageSet/deleteImageSet';
import { deleteModel, listModelIds } from '../../model/modelStore';
import { deleteRun, runCheckpointFolder } from '../../recipe/runArchive';
import { roundModelPrefix } from '../../recipe/runRecipe';
import { deleteTraining } from '../trainingArchive';
import type { JobHandlers } from './jobHandler';

export const storageJobs: Pick<JobHandlers, 'listInventory' | 'deleteStored'> = {
  listInventory: (_, { workspace }) => workspace.inventory(),

  async deleteStored(target, { workspace }) {
    const { store } = workspace.host;
    switch (target.kind) {
      case 'dataset':
        await deleteDataset(store, target.id);
        break;
      case 'interrupted-import':
        await deleteImageSet(store, target.id);
        break;
      case 'model':
        await deleteModel(store, target.id);
        break;
      case 'training':
        await deleteTraining(store, target.id);
        break;
      case 'run': {
        const prefix = roundModelPrefix(target.id);
        const models = (await listModelIds(store)).filter((id) => id.startsWith(prefix));
        for (const id of models) await deleteModel(store, id);
        await deleteRun(store, target.id);
        await store.remove(runCheckpointFolder(target.id));
      }
    }
    return workspace.inventory();
  },
};
