import type { OwnedName } from '../artifacts/ownership';
import { listInterruptedImports } from '../dataset/images/imageSet/listInterruptedImports';
import { type OpenImageSet, openImageSet } from '../dataset/images/imageSet/openImageSet';
import type { Dataset } from '../dataset/stored/dataset';
import { listDatasets } from '../dataset/stored/listDatasets';
import { joinImages, requireManifest } from '../dataset/stored/openDataset';
import type { DatasetId, ImageSetId, ModelId } from '../foundation/ids';
import { type LabErrorData, toErrorData } from '../foundation/labError';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { listModelIds, listModels, loadModel, saveModel } from '../model/modelStore';
import type { ModelSummary } from '../model/modelSummary';
import type { BaselineOrigin } from '../recipe/baselineOrigin';
import { listRuns } from '../recipe/runArchive';
import { runOfRoundModel } from '../recipe/runRecipe';
import type { EngineHost } from './engineHost';
import { explainLostRound } from './explainLostRound';
import { listStored } from './listStored';
import { originFile } from './modelOrigin';
import type { Inventory } from './protocol/jobMap';
import { createRecordCache, type RecordCache } from './recordCache';
import { repairStore } from './repairStore';
import { listTrainings } from './trainingArchive';

/** What the jobs share: stored datasets, models and runs, opened for as long as they are needed. */
export class Workspace {
  private readonly open = new Map<ImageSetId, { images: Promise<OpenImageSet>; users: number }>();

  /** Records that are being mapped. */
  readonly records: RecordCache;

  private checked: Promise<string[]> | null = null;

  constructor(readonly host: EngineHost) {
    this.records = createRecordCache(host.store);
  }

  /** Checks, once, what is stored, and clears away what was cut off. @returns what was done, in sentences */
  repaired(): Promise<string[]> {
    this.checked ??= repairStore(this.host.store);
    return this.checked;
  }

  /** What a job that broke off with this error is to be told to have ended with. */
  async explain(thrown: unknown): Promise<LabErrorData> {
    return toErrorData((await this.host.explain?.(thrown)) ?? thrown);
  }

  /** Does work as the only one that has what is named. @throws LabError `in-use` */
  own<T>(name: OwnedName, work: () => Promise<T>): Promise<T> {
    return this.host.store.ownership.own(name, work);
  }

  /** Does work with what is named, which nobody can delete meanwhile. @throws LabError `in-use` */
  share<T>(name: OwnedName, work: () => Promise<T>): Promise<T> {
    return this.host.store.ownership.share(name, work);
  }

  /**
   * Does work with a stored dataset, which nobody can delete meanwhile.
   * @throws LabError `dataset-not-found`, `in-use`; `storage-failed` when its files are damaged
   */
  withDataset<T>(id: DatasetId, work: (dataset: Dataset) => Promise<T>): Promise<T> {
    return this.share(`dataset/${id}`, async () => {
      const manifest = await requireManifest(this.host.store, id);
      return this.withImages(manifest.imageSetId, async (images) => work(await joinImages(manifest, images)));
    });
  }

  /**
   * Does work with stored images, which nobody can delete meanwhile. Jobs of this engine that use the same ones at the same time
   * share their open files.
   * @throws LabError `dataset-not-found`, `in-use`
   */
  withImages<T>(id: ImageSetId, work: (images: OpenImageSet) => Promise<T>): Promise<T> {
    return this.share(`image-set/${id}`, () => this.withOpenImages(id, work));
  }

  private async withOpenImages<T>(id: ImageSetId, work: (images: OpenImageSet) => Promise<T>): Promise<T> {
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
   * Does work with a stored model, which nobody can delete meanwhile, and frees its tensors afterwards.
   * @throws LabError `model-not-found`, `model-unreadable`, `artifact-damaged`, of a run's round with the way to compute it
   *   again; `in-use`
   */
  withModel<T>(id: ModelId, work: (model: LabModel) => Promise<T>): Promise<T> {
    return this.share(`model/${id}`, async () => {
      const model = await this.loadModel(id);
      try {
        return await work(model);
      } finally {
        disposeModel(model);
      }
    });
  }

  /** Opens a stored model; the caller disposes of it. @throws LabError as {@link withModel} */
  async loadModel(id: ModelId): Promise<LabModel> {
    try {
      return await loadModel(this.host.store, id);
    } catch (error) {
      throw await explainLostRound(this.host.store, id, error);
    }
  }

  /**
   * Stores a model that the user is to see, and describes it. The caller still disposes of it.
   * @param origin where it came from, as a run on it is to say; null when that is not known
   */
  keepModel(model: LabModel, origin: BaselineOrigin | null): Promise<ModelSummary> {
    // Shared, not owned: its id is made of its content, so that whoever uses the model goes on with the very same one.
    return this.share(`model/${model.id}`, () => saveModel(this.host.store, model, origin ? [originFile(origin)] : []));
  }

  /** The models that the user sees, by their heads: those of runs' rounds are left out. */
  async listModels() {
    const { ofUser } = await this.modelIds();
    return listModels(this.host.store, ofUser);
  }

  /** The stored runs, by their heads. */
  async listRuns() {
    const { all } = await this.modelIds();
    return listRuns(this.host.store, all);
  }

  /** Ids of the models that are stored: all, those of runs' rounds, and those that the user sees. */
  private async modelIds() {
    const ids = await listModelIds(this.host.store);
    const isOfRound = (id: ModelId) => runOfRoundModel(id) !== null;
    return {
      all: new Set(ids),
      ofRounds: new Set<string>(ids.filter(isOfRound)),
      ofUser: ids.filter((id) => !isOfRound(id)),
    };
  }

  /** All that is stored, by its heads. */
  async inventory(): Promise<Inventory> {
    const { store } = this.host;
    const ids = await this.modelIds();
    const { runs, unreadable: unreadableRuns, notes: runNotes } = await listRuns(store, ids.all);
    const { models, unreadable: unreadableModels } = await listModels(store, ids.ofUser);
    const { trainings, unreadable: unreadableTrainings } = await listTrainings(store);
    // Asked first: images that are made for a dataset are not left behind, though the datasets were listed before it was there.
    const making = await store.ownership.owned();
    const { datasets, unreadable: unreadableDatasets } = await listDatasets(store);
    const used = new Set<string>([
      ...datasets.map(({ imageSetId }) => imageSetId),
      ...idsOf('image-set', making.keys()),
    ]);
    const inventory = {
      datasets,
      unreadableDatasets,
      interruptedImports: await listInterruptedImports(store, used),
      storage: (await this.host.storage?.()) ?? null,
      models: models.map(({ summary }) => summary),
      runs,
      trainings,
      unreadableTrainings,
      unreadableRuns,
      runNotes,
      unreadableModels,
      repaired: await this.repaired(),
    };
    return { ...inventory, stored: await listStored(store, inventory, models, ids.ofRounds) };
  }
}

/** The ids of what is named, of one kind. */
function idsOf(kind: string, names: Iterable<OwnedName>): string[] {
  return [...names].filter((name) => name.startsWith(`${kind}/`)).map((name) => name.slice(kind.length + 1));
}
