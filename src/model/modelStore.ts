import type { FileStore } from '../artifacts/fileStore';
import { type ModelId, modelId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import { packModelFiles } from './files/packModelFiles';
import type { LabModel } from './labModel';
import { readModelFiles } from './readModelFiles';
import { serializeModel } from './serializeModel';

const root = 'models';
/** Written last: a model is there when this file is. */
const fileNames = ['weights.bin', 'model.json', 'lab.json'] as const;
const pathOf = (id: ModelId, name: (typeof fileNames)[number]) => `${root}/${id}/${name}`;

/** Keeps a model under `models/<id>/`. @throws LabError `quota-exceeded`, `storage-failed` */
export async function saveModel(store: FileStore, model: LabModel): Promise<void> {
  for (const { path, bytes } of packModelFiles(await serializeModel(model))) {
    await store.write(`${root}/${model.id}/${path}`, bytes);
  }
}

/**
 * Opens a model that was kept. It predicts exactly as the saved one did.
 *
 * @throws LabError `model-not-found`; `model-unreadable` when the files are damaged
 */
export async function loadModel(store: FileStore, id: ModelId): Promise<LabModel> {
  const files = await Promise.all(fileNames.map(async (path) => ({ path, bytes: await store.read(pathOf(id, path)) })));
  const present = files.flatMap(({ path, bytes }) => (bytes ? [{ path, bytes }] : []));
  if (!present.some(({ path }) => path === 'lab.json')) {
    throw new LabError({
      code: 'model-not-found',
      message: `There is no model "${id}" on this machine.`,
      hint: 'Train or load a model first. It may have been deleted together with the site data.',
      details: { id },
    });
  }
  return readModelFiles(present, { id });
}

/** Ids of the models kept, sorted. */
export async function listModels(store: FileStore): Promise<ModelId[]> {
  const ids = (await store.list(root)).map(modelId);
  const kept = await Promise.all(ids.map(async (id) => (await store.list(`${root}/${id}`)).includes('lab.json')));
  return ids.filter((_, index) => kept[index]);
}

/** Deletes a model that was kept; nothing happens when there is none. */
export async function deleteModel(store: FileStore, id: ModelId): Promise<void> {
  await store.remove(`${root}/${id}`);
}
