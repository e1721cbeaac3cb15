import type { Dataset } from '../dataset/dataset';
import { listInterruptedImports } from '../dataset/imageSet/listInterruptedImports';
import { type OpenImageSet, openImageSet } from '../dataset/imageSet/openImageSet';
import { listDatasets } from '../dataset/listDatasets';
import { joinImages, requireManifest } from '../dataset/openDataset';
import type { DatasetId, ImageSetId, ModelId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { listModels, loadModel, saveModel } from '../model/modelStore';
import { summarizeModel } from '../model/summarizeModel';
import { listRuns } from '../recipe/runArchive';
import { runOfRoundModel } from '../recipe/runRecipe';
import type { EngineHost } from './engineHost';
import { explainLostRound } from './explainLostRound';
import type { Inventory } from './protocol/jobMap';
import { createRecordCache, type RecordCache } from './recordCache';
import { listTrainings } from './trainingArchive';

/** Batch size for which the memory of training is foretold in a model's summary. */
export const summaryBatchSize = 64;

/** What the jobs share: stored datasets, models and runs, opened for as long as they are needed. */
export class Workspace {
  private readonly open = new Map<ImageSetId, { images: Promise<OpenImageSet>; users: number }>();

  /** Records that are being mapped. */
  readonly records: RecordCache;

  constructor(readonly host: EngineHost) {
    this.records = createRecordCache(host.store);
  }

  /**
   * Does work with a stored dataset.
   * @throws LabError `dataset-not-found`; `storage-failed` when its files are damaged
   */
  async withDataset<T>(id: DatasetId, work: (dataset: Dataset) => Promise<T>): Promise<T> {
    const manifest = await requireManifest(this.host.store, id);
    return this.withImages(manifest.imageSetId, async (images) => work(await joinImages(manifest, images)));
  }

  /**
   * Does work with stored images. Jobs that use the same ones at the same time share them, since their files can be open
   * only once.
   * @throws LabError `dataset-not-found`
   */
  async withImages<T>(id: ImageSetId, work: (images: OpenImageSet) => Promise<T>): Promise<T> {
    const shared = this.open.get(id) ?? { images: openImageSet(this.host.store, id), users: 0 };
    this.open.set(id, shared);
    shared.users += 1;
    try {
      return await work(await shared.images);
    } finally {
      shared.users -= 1;
      if (shared.users === 0) {
        this.open.delete(id);
        await shared.images.then(
          (images) => images.close(),
          () => undefined,
        );
      }
    }
  }

  /**
   * Does work with a stored model, and frees its tensors afterwards.
   * @throws LabError `model-not-found`, `model-unreadable`; of a run's round, with the way to compute it again
   */
  async withModel<T>(id: ModelId, work: (model: LabModel) => Promise<T>): Promise<T> {
    const model = await loadModel(this.host.store, id).catch(async (error: unknown) => {
      throw await explainLostRound(this.host.store, id, error);
    });
    try {
      return await work(model);
    } finally {
      disposeModel(model);
    }
  }

  /** Stores a model that the user is to see, and describes it. The caller still disposes of it. */
  async keepModel(model: LabModel) {
    await saveModel(this.host.store, model);
    return summarizeModel(model, { batchSize: summaryBatchSize });
  }

  async inventory(): Promise<Inventory> {
    const { store } = this.host;
    // Models of a run's rounds are shown with their run.
    const modelIds = (await listModels(store)).filter((id) => runOfRoundModel(id) === null);
    const models: Inventory['models'] = [];
    const unreadableModels: ModelId[] = [];
    for (const id of modelIds) {
      try {
        models.push(await this.withModel(id, async (model) => summarizeModel(model, { batchSize: summaryBatchSize })));
      } catch (error) {
        if (!(error instanceof LabError)) throw error;
        // A model that was deleted since it was listed is simply gone; one that is damaged must not hide the rest.
        if (error.code !== 'model-not-found') unreadableModels.push(id);
      }
    }
    const { runs, unreadable: unreadableRuns, notes: runNotes } = await listRuns(store);
    const { datasets, unreadable: unreadableDatasets } = await listDatasets(store);
    const used = new Set(datasets.map(({ imageSetId }) => imageSetId));
    return {
      datasets,
      unreadableDatasets,
      interruptedImports: await listInterruptedImports(store, used),
      storage: (await this.host.storage?.()) ?? null,
      models,
      runs,
      trainings: await listTrainings(store),
      unreadableRuns,
      runNotes,
      unreadableModels,
    };
  }
}
