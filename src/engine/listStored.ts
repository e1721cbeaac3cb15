import type { FileStore } from '../artifacts/fileStore';
import { datasetPaths } from '../dataset/datasetPaths';
import { imageSetBytes } from '../dataset/imageSet/imageSet';
import { runId } from '../foundation/ids';
import { modelsFolder, type StoredModel } from '../model/modelStore';
import { oldRounds } from '../recipe/oldRounds';
import type { Inventory, StoredPart } from './protocol/jobMap';
import { trainingsFolder } from './trainingArchive';

/**
 * Everything stored that can be deleted by itself, largest first, with what that frees. Sizes are those that heads, manifests
 * and records tell; no body is opened. A model of a round counts with its weights alone.
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
  const sized = async (part: Omit<StoredPart, 'bytes'>, ...paths: string[]): Promise<StoredPart> => {
    const sizes = await Promise.all(paths.map((path) => store.sizeOf(path)));
    return { ...part, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  };
  const parts = await Promise.all([
    ...describeDatasets(store, inventory),
    ...describeModels(models),
    ...describeRuns(store, inventory, roundModels),
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
    ...inventory.unreadableDatasets.map(({ id, reason }) =>
      sized({ target: { kind: 'dataset', id }, name: `The dataset ${id}`, freeable: reason }, datasetPaths(id).folder),
    ),
    ...inventory.unreadableModels.map((id) =>
      sized({ target: { kind: 'model', id }, name: `The model ${id}`, freeable: damaged }, `${modelsFolder}/${id}`),
    ),
    ...inventory.unreadableTrainings.map(({ id, reason }) =>
      sized(
        { target: { kind: 'training', id }, name: `The training ${id}`, freeable: reason },
        `${trainingsFolder}/${id}`,
      ),
    ),
    ...inventory.unreadableRuns.map((name) =>
      sized(
        {
          target: { kind: 'run', id: runId(name.replace(/\.json$/, '')) },
          name: `The run ${name.replace(/\.json$/, '')}`,
          freeable: 'Its record cannot be read by this version of the lab.',
        },
        `runs/${name}`,
      ),
    ),
  ]);
  return parts.sort((a, b) => b.bytes - a.bytes);
}

const damaged = 'Its files are damaged; it cannot be opened.';

function describeDatasets(store: FileStore, { datasets }: Pick<Inventory, 'datasets'>): Promise<StoredPart>[] {
  return datasets.map(async ({ id, name, imageSize, imageIndices, imageSetId }): Promise<StoredPart> => {
    const isShared = datasets.some((other) => other.id !== id && other.imageSetId === imageSetId);
    const pixels = isShared ? 0 : imageSetBytes({ imageSize, imageCount: imageIndices.length });
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

/** A run with all its rounds, and its old rounds by themselves. */
function describeRuns(
  store: FileStore,
  { runs }: Pick<Inventory, 'runs'>,
  roundModels: ReadonlySet<string>,
): (Promise<StoredPart> | StoredPart)[] {
  const bytesOf = (rounds: readonly { modelId: string; bytes: number }[]) =>
    rounds.reduce((sum, { modelId, bytes }) => sum + (roundModels.has(modelId) ? bytes : 0), 0);
  return runs.flatMap((run) => {
    const { id, model, arms } = run;
    const name = `The run ${id} of “${model.name}”`;
    const old = oldRounds(run).filter(({ modelId }) => roundModels.has(modelId));
    const whole = async (): Promise<StoredPart> => {
      const record = (await store.sizeOf(`runs/${id}`)) + (await store.sizeOf(`runs/${id}.json`));
      const checkpoints = await store.sizeOf(`run-checkpoints/${id}`);
      const bytes = record + checkpoints + bytesOf(arms.flatMap(({ rounds }) => rounds));
      return { target: { kind: 'run', id }, name, bytes, freeable: null };
    };
    if (old.length === 0) return [whole()];
    const rounds: StoredPart = {
      target: { kind: 'run-rounds', id },
      name: `${old.length} old ${old.length === 1 ? 'round' : 'rounds'} of the run ${id}`,
      bytes: bytesOf(old),
      freeable: 'Their models go; the record, the reported rounds and the last ones stay.',
    };
    return [whole(), rounds];
  });
}
