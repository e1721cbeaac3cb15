import type { FileStore } from '../artifacts/fileStore';
import { imageSetBytes } from '../dataset/images/imageSet/imageSet';
import { datasetPaths } from '../dataset/stored/datasetPaths';
import { modelsFolder, type StoredModel } from '../model/modelStore';
import { oldRounds } from '../recipe/oldRounds';
import type { Inventory, StoredPart, StoredTarget } from './protocol/jobMap';
import { trainingsFolder } from './trainingArchive';

/**
 * Everything stored that can be deleted by itself, largest first, with what that frees. Sizes are those that heads tell, or of
 * whole folders; no file is opened. A model of a round counts with its weights alone.
 *
 * @param models those that the user sees
 * @param roundModels ids of the models of rounds that are stored
 */
export async function listStored(
  store: FileStore,
  inventory: Omit<Inventory, 'stored'>,
  models: readonly StoredModel[],
  roundModels: ReadonlySet<string>,
): Promise<StoredPart[]> {
  const known: StoredPart[] = [
    ...describeModels(models),
    ...inventory.trainings.map(({ id, name, isTrained, storedBytes }) => ({
      target: { kind: 'training', id } as const,
      name: `The training “${name}”`,
      bytes: storedBytes,
      freeable: isTrained
        ? 'Its model is not stored yet.'
        : 'It was interrupted. It cannot be gone on with afterwards.',
    })),
    ...inventory.interruptedImports.map(({ imageSetId, imageCount, sizeBytes }) => ({
      target: { kind: 'interrupted-import', id: imageSetId } as const,
      name: `An import that was cut off: ${imageCount} ${imageCount === 1 ? 'image' : 'images'}`,
      bytes: sizeBytes,
      freeable: 'No dataset uses them. An import of the same files at the same size would go on from here.',
    })),
    ...describeOldRounds(inventory, roundModels),
  ];
  const measured = await Promise.all([
    ...describeDatasets(store, inventory),
    ...describeRuns(store, inventory, roundModels),
    ...describeUnreadable(store, inventory),
  ]);
  return [...known, ...measured].sort((a, b) => b.bytes - a.bytes);
}

const damagedModel = 'Its files are damaged; it cannot be opened.';

function describeDatasets(store: FileStore, { datasets }: Pick<Inventory, 'datasets'>): Promise<StoredPart>[] {
  return datasets.map(async ({ id, name, imageSize, imageCount, imageSetId }): Promise<StoredPart> => {
    const isShared = datasets.some((other) => other.id !== id && other.imageSetId === imageSetId);
    const pixels = isShared ? 0 : imageSetBytes({ imageSize, imageCount });
    const bytes = pixels + (await store.sizeOf(datasetPaths(id).folder));
    return { target: { kind: 'dataset', id }, name: `The dataset “${name}”`, bytes, freeable: null };
  });
}

function describeModels(models: readonly StoredModel[]): StoredPart[] {
  return models.map(({ summary: { id, name }, storedBytes }) => ({
    target: { kind: 'model', id },
    name: `The model “${name}”`,
    bytes: storedBytes,
    freeable: null,
  }));
}

/** Runs with their records, checkpoints and all their rounds. */
function describeRuns(
  store: FileStore,
  { runs }: Pick<Inventory, 'runs'>,
  roundModels: ReadonlySet<string>,
): Promise<StoredPart>[] {
  return runs.map(async ({ id, model, arms }): Promise<StoredPart> => {
    const places = [`runs/${id}`, `runs/${id}.json`, `run-checkpoints/${id}`];
    const sizes = await Promise.all(places.map((place) => store.sizeOf(place)));
    const rounds = arms.flatMap((arm) => arm.rounds).filter(({ modelId }) => roundModels.has(modelId));
    const bytes = sizes.reduce((sum, size) => sum + size, bytesOf(rounds));
    return { target: { kind: 'run', id }, name: `The run ${id} of “${model.name}”`, bytes, freeable: null };
  });
}

/** The old rounds of each run, by themselves. */
function describeOldRounds({ runs }: Pick<Inventory, 'runs'>, roundModels: ReadonlySet<string>): StoredPart[] {
  return runs.flatMap((run) => {
    const old = oldRounds(run).filter(({ modelId }) => roundModels.has(modelId));
    if (old.length === 0) return [];
    return {
      target: { kind: 'run-rounds', id: run.id },
      name: `${old.length} old ${old.length === 1 ? 'round' : 'rounds'} of the run ${run.id}`,
      bytes: bytesOf(old),
      freeable: 'Their models and predictions go; the record, the reported rounds and the last ones stay.',
    };
  });
}

/** What this version of the lab cannot read, whatever it is. */
function describeUnreadable(
  store: FileStore,
  inventory: Pick<Inventory, 'unreadableDatasets' | 'unreadableModels' | 'unreadableTrainings' | 'unreadableRuns'>,
): Promise<StoredPart>[] {
  const sized = async (target: StoredTarget, path: string, freeable: string): Promise<StoredPart> => ({
    target,
    name: `The ${target.kind} ${target.id}`,
    bytes: await store.sizeOf(path),
    freeable,
  });
  return [
    ...inventory.unreadableDatasets.map(({ id, reason }) =>
      sized({ kind: 'dataset', id }, datasetPaths(id).folder, reason),
    ),
    ...inventory.unreadableModels.map((id) => sized({ kind: 'model', id }, `${modelsFolder}/${id}`, damagedModel)),
    ...inventory.unreadableTrainings.map(({ id, reason }) =>
      sized({ kind: 'training', id }, `${trainingsFolder}/${id}`, reason),
    ),
    ...inventory.unreadableRuns.map(({ id, error }) => sized({ kind: 'run', id }, `runs/${id}`, error.message)),
  ];
}

function bytesOf(parts: readonly { bytes: number }[]): number {
  return parts.reduce((sum, { bytes }) => sum + bytes, 0);
}
