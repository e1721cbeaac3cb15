import {
  type ArtifactKind,
  bytesOfBodies,
  type Head,
  readBody,
  readHead,
  removeArtifact,
  removeOrphans,
  writeArtifact,
} from '../artifacts/artifact';
import type { FileStore } from '../artifacts/fileStore';
import { artifactDamaged } from '../artifacts/sealedJson';
import { tidyUp } from '../artifacts/tidyUp';
import { type ModelId, modelId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import { disposeModel } from './disposeModel';
import { type NamedBytes, packModelFiles } from './files/packModelFiles';
import type { LabModel } from './labModel';
import { type ModelSummary, modelSummarySchema } from './modelSummary';
import { readModelFiles } from './readModelFiles';
import { serializeModel } from './serializeModel';
import { summarizeModel } from './summarizeModel';

/** Folder that holds one folder per model. */
export const modelsFolder = 'models';
/** Batch size for which the memory of training is foretold in a stored model's summary. */
export const summaryBatchSize = 64;

/** Where a model lies. */
export const modelFolder = (id: ModelId) => `${modelsFolder}/${id}`;
/** A stored model: the head is the summary; the bodies are the files that a saved model has. */
export const modelArtifact: ArtifactKind<ModelSummary> = { kind: 'model', version: 1, schema: modelSummarySchema };

/** What earlier versions kept of a model, without a head. The last was written last: a model was there when it was. */
export const earlierModelFiles = ['weights.bin', 'model.json', 'lab.json'] as const;
/** A model's own files have the same names since. */
const isModelFile = (name: string) => earlierModelFiles.some((own) => own === name);

/** A stored model as a list shows it. */
export interface StoredModel {
  summary: ModelSummary;
  /** What it takes up. */
  storedBytes: number;
}

/**
 * Keeps a model under `models/<id>/`, and gives its summary. A damaged one of the same id is mended by it.
 *
 * @param beside files that are kept with the model's own, under other names; those of an earlier save go
 * @throws LabError `quota-exceeded`, `storage-failed`; a model that was there under the id is there still then
 */
export async function saveModel(
  store: FileStore,
  model: LabModel,
  beside: readonly NamedBytes[] = [],
): Promise<ModelSummary> {
  const files = packModelFiles(await serializeModel(model));
  return (await writeModel(store, model, [...files, ...beside])).content;
}

/**
 * A file that is kept beside a model; null when there is none.
 * @throws LabError `artifact-damaged` when it is not what was written; `storage-failed`
 */
export async function readBeside(store: FileStore, id: ModelId, name: string): Promise<Uint8Array | null> {
  const head = await readModelHead(store, id);
  return head?.bodies.some((body) => body.name === name) ? readBody(store, modelFolder(id), head, name) : null;
}

/**
 * Opens a model that was kept. It predicts exactly as the saved one did.
 * @throws LabError `model-not-found`; `artifact-damaged` or, where earlier versions kept it, `model-unreadable` when files
 *   are not what was written
 */
export async function loadModel(store: FileStore, id: ModelId): Promise<LabModel> {
  const head = await readModelHead(store, id);
  if (head) {
    const files = head.bodies.map(async ({ name }) => ({
      path: name,
      bytes: await readBody(store, modelFolder(id), head, name),
    }));
    const own = (await Promise.all(files)).filter(({ path }) => isModelFile(path));
    return readModelFiles(own, { id });
  }
  const earlier = await migrateModel(store, id);
  if (earlier) return earlier.model;
  throw new LabError({
    code: 'model-not-found',
    message: `There is no model "${id}" on this machine.`,
    hint: 'Train or load a model first. It may have been deleted together with the site data.',
    details: { id },
  });
}

/**
 * Models that are kept, by their heads alone, and the ids of those that cannot be read. What an earlier version kept
 * without a head is opened once and gets one.
 *
 * @param ids of those that are wanted
 */
export async function listModels(
  store: FileStore,
  ids: readonly ModelId[],
): Promise<{ models: StoredModel[]; unreadable: ModelId[] }> {
  const listed = await Promise.all(ids.map((id) => orUnreadable(listHead(store, id))));
  const models: StoredModel[] = [];
  const unreadable: ModelId[] = [];
  for (const [index, id] of ids.entries()) {
    // One after the other: a network that is opened takes room in memory.
    const model = listed[index] ?? (await orUnreadable(migrateToList(store, id)));
    if (model === 'unreadable') unreadable.push(id);
    else if (model) models.push(model);
  }
  return { models, unreadable };
}

/** Ids of all that is kept as a model, sorted: also of what cannot be read, or was cut off while it was written. */
export async function listModelIds(store: FileStore): Promise<ModelId[]> {
  return (await store.list(modelsFolder)).map(modelId);
}

/** Deletes a model that was kept; nothing happens when there is none. */
export async function deleteModel(store: FileStore, id: ModelId): Promise<void> {
  await store.remove(`${modelFolder(id)}/lab.json`);
  await removeArtifact(store, modelFolder(id));
}

/** Deletes the files of a model's folder that its head does not name: what saving left that was cut off. */
export async function tidyModel(store: FileStore, id: ModelId): Promise<void> {
  const head = await readModelHead(store, id);
  if (!head) return;
  await removeOrphans(store, modelFolder(id), head.bodies);
  await removeEarlierFiles(store, id);
}

async function writeModel(
  store: FileStore,
  model: LabModel,
  files: readonly NamedBytes[],
): Promise<Head<ModelSummary>> {
  // Files never lie in shared memory, which is all that the type leaves open.
  const bodies = files.map(({ path, bytes }) => ({ name: path, bytes: bytes as Uint8Array<ArrayBuffer> }));
  const head = await writeArtifact(store, modelFolder(model.id), modelArtifact, describe(model), bodies);
  await tidyUp(() => removeEarlierFiles(store, model.id));
  return head;
}

function describe(model: LabModel): ModelSummary {
  return summarizeModel(model, { batchSize: summaryBatchSize });
}

async function removeEarlierFiles(store: FileStore, id: ModelId): Promise<void> {
  const names = await store.list(modelFolder(id));
  for (const name of earlierModelFiles) if (names.includes(name)) await store.remove(`${modelFolder(id)}/${name}`);
}

/** @throws LabError `artifact-damaged`, also when the head is that of another model */
async function readModelHead(store: FileStore, id: ModelId): Promise<Head<ModelSummary> | null> {
  const head = await readHead(store, modelFolder(id), modelArtifact);
  if (head && head.content.id !== id) throw artifactDamaged(modelFolder(id), `it holds the model "${head.content.id}"`);
  return head;
}

/** Gives a head to a model of an earlier version, whose old files go when that is durable. Null when there is none. */
async function migrateModel(store: FileStore, id: ModelId): Promise<{ model: LabModel; stored: StoredModel } | null> {
  const files: { path: string; bytes: Uint8Array }[] = [];
  for (const path of earlierModelFiles) {
    const bytes = await store.read(`${modelFolder(id)}/${path}`);
    if (bytes) files.push({ path, bytes });
  }
  if (!files.some(({ path }) => path === 'lab.json')) return null;
  const model = await readModelFiles(files, { id });
  // Without room for a second copy the model stays as it is.
  await tidyUp(() => writeModel(store, model, files));
  const storedBytes = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return { model, stored: { summary: describe(model), storedBytes } };
}

/** What an earlier version kept, as a list shows it. */
async function migrateToList(store: FileStore, id: ModelId): Promise<StoredModel | null> {
  const migrated = await migrateModel(store, id);
  if (migrated) disposeModel(migrated.model);
  return migrated && migrated.stored;
}

async function listHead(store: FileStore, id: ModelId): Promise<StoredModel | null> {
  const head = await readModelHead(store, id);
  return head && { summary: head.content, storedBytes: bytesOfBodies(head) };
}

async function orUnreadable<T>(pending: Promise<T>): Promise<T | 'unreadable'> {
  try {
    return await pending;
  } catch (error) {
    if (error instanceof LabError) return 'unreadable';
    throw error;
  }
}
