import * as z from 'zod/mini';
import {
  type ArtifactKind,
  bytesOfBodies,
  readBody,
  readHead,
  removeArtifact,
  removeOrphans,
  writeArtifact,
} from '../artifacts/artifact';
import type { FileStore } from '../artifacts/fileStore';
import { tidyUp } from '../artifacts/tidyUp';
import { type DatasetId, type TrainingId, trainingId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import { architecturePlanSchema } from '../model/architectures/architecturePlan';
import { architectureNames, channelCounts, headKinds } from '../model/labModel';
import { methodChoiceSchema } from '../model/methodTraits';
import { trainSettingsSchema } from '../recipe/runConfig';
import { packCheckpoint, unpackCheckpoint } from '../training/checkpointFile';
import { type CheckpointSlot, checkpointSlot } from '../training/checkpointSlot';
import { isTrainingOver } from '../training/trainingCheckpoint';
import type { InterruptedTraining, JobParams, UnreadableTraining } from './protocol/jobMap';

/** What a training was started with. */
export type TrainingRequest = JobParams<'trainModel'>;

/** Folder that holds one folder per training. */
export const trainingsFolder = 'trainings';
const folderOf = (id: TrainingId) => `${trainingsFolder}/${id}`;
const checkpointName = 'checkpoint.bin';
/** What earlier versions kept instead of an artifact: the request beside the checkpoint. */
const earlierRequest = 'request.json';
export const earlierTrainingFiles = [earlierRequest, checkpointName] as const;

const builtFor = {
  imageSize: z.int(),
  channels: z.optional(z.literal(channelCounts)),
  classCount: z.int(),
  seed: z.int(),
};

const requestSchema: z.ZodMiniType<TrainingRequest> = z.object({
  datasetId: z.custom<DatasetId>((value) => typeof value === 'string'),
  name: z.string(),
  architecture: z.union([
    z.object({
      name: z.enum(architectureNames),
      ...builtFor,
      widthMultiplier: z.number(),
      head: z.optional(z.enum(headKinds)),
    }),
    z.object({ plan: architecturePlanSchema, ...builtFor }),
  ]),
  method: z.optional(methodChoiceSchema),
  settings: trainSettingsSchema,
  seed: z.int(),
});

/** What is known of a training without opening its checkpoint. */
interface TrainingHead {
  request: TrainingRequest;
  /** The last finished epoch. */
  epoch: number;
  /** Whether only the model is still to be stored. */
  isTrained: boolean;
}

const trainingArtifact: ArtifactKind<TrainingHead> = {
  kind: 'training',
  version: 1,
  schema: z.object({ request: requestSchema, epoch: z.int(), isTrained: z.boolean() }),
};
const earlierSchema = z.object({ epoch: z.int(), request: requestSchema });

/**
 * The slot of a training under way. The checkpoint is the body of an artifact whose head has the epoch and what the training
 * was started with, so that the two are always of one moment.
 */
export function trainingSlot(store: FileStore, id: TrainingId, request: TrainingRequest): CheckpointSlot {
  const folder = folderOf(id);
  return {
    async read() {
      const head = await readHead(store, folder, trainingArtifact);
      if (head) return unpackCheckpoint(await readBody(store, folder, head, checkpointName));
      return checkpointSlot(store, `${folder}/${checkpointName}`).read();
    },
    async write(checkpoint) {
      const isTrained = isTrainingOver(request.settings, checkpoint);
      const bytes = await packCheckpoint(checkpoint);
      const head = { request, epoch: checkpoint.epoch, isTrained };
      await writeArtifact(store, folder, trainingArtifact, head, [{ name: checkpointName, bytes }]);
      await tidyUp(() => removeEarlierFiles(store, id));
    },
    remove: () => deleteTraining(store, id),
  };
}

/** What an interrupted training was started with. @throws LabError `training-not-found`, `artifact-damaged`, `checkpoint-unreadable` */
export async function loadTraining(store: FileStore, id: TrainingId): Promise<TrainingRequest> {
  const training = await readTraining(store, id);
  if (training) return training.request;
  throw new LabError({
    code: 'training-not-found',
    message: `There is no interrupted training "${id}" on this machine.`,
    hint: 'It has come to its end or was discarded. Start a new one.',
    details: { id },
  });
}

/** The trainings that can be gone on with, and those that cannot be read. Opens no checkpoint. */
export async function listTrainings(
  store: FileStore,
): Promise<{ trainings: InterruptedTraining[]; unreadable: UnreadableTraining[] }> {
  const trainings: InterruptedTraining[] = [];
  const unreadable: UnreadableTraining[] = [];
  for (const id of (await store.list(trainingsFolder)).map(trainingId)) {
    try {
      const training = await readTraining(store, id);
      if (!training) continue;
      const { request, epoch, isTrained, storedBytes } = training;
      const { name, datasetId, settings } = request;
      trainings.push({ id, name, datasetId, epoch, epochs: settings.epochs, isTrained, storedBytes });
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      unreadable.push({ id, reason: error.message });
    }
  }
  return { trainings, unreadable };
}

/** Discards a training that was interrupted; nothing happens when there is none. */
export async function deleteTraining(store: FileStore, id: TrainingId): Promise<void> {
  await store.remove(`${folderOf(id)}/${earlierRequest}`);
  await removeArtifact(store, folderOf(id));
}

/** Deletes the files of a training's folder that its head does not name: what a checkpoint left that was cut off. */
export async function tidyTraining(store: FileStore, id: TrainingId): Promise<void> {
  const head = await readHead(store, folderOf(id), trainingArtifact);
  if (!head) return;
  await removeOrphans(store, folderOf(id), head.bodies);
  await removeEarlierFiles(store, id);
}

async function readTraining(
  store: FileStore,
  id: TrainingId,
): Promise<(TrainingHead & { storedBytes: number }) | null> {
  const head = await readHead(store, folderOf(id), trainingArtifact);
  if (head) return { ...head.content, storedBytes: bytesOfBodies(head) };
  const bytes = await store.read(`${folderOf(id)}/${earlierRequest}`);
  if (!bytes) return null;
  const parsed = earlierSchema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (parsed.success) {
    return { ...parsed.data, isTrained: false, storedBytes: await store.sizeOf(folderOf(id)) };
  }
  throw new LabError({
    code: 'checkpoint-unreadable',
    message: `What the training "${id}" was started with cannot be read.`,
    hint: 'Discard it and start the training again.',
    details: { id },
  });
}

async function removeEarlierFiles(store: FileStore, id: TrainingId): Promise<void> {
  const names = await store.list(folderOf(id));
  for (const name of earlierTrainingFiles) if (names.includes(name)) await store.remove(`${folderOf(id)}/${name}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
