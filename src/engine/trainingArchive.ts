import * as z from 'zod/mini';
import type { FileStore } from '../artifacts/fileStore';
import { type DatasetId, type TrainingId, trainingId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import { architecturePlanSchema } from '../model/architectures/architecturePlan';
import { architectureNames, channelCounts, headKinds } from '../model/labModel';
import { trainSettingsSchema } from '../recipe/runConfig';
import { type CheckpointSlot, checkpointSlot } from '../training/checkpointSlot';
import type { InterruptedTraining, JobParams } from './protocol/jobMap';

/** What a training was started with. */
export type TrainingRequest = JobParams<'trainModel'>;

const root = 'trainings';
const requestPath = (id: TrainingId) => `${root}/${id}/request.json`;

const builtFor = {
  imageSize: z.int(),
  channels: z.optional(z.literal(channelCounts)),
  classCount: z.int(),
  seed: z.int(),
};

const storedSchema: z.ZodMiniType<{ epoch: number; request: TrainingRequest }> = z.object({
  /** The last finished epoch. */
  epoch: z.int(),
  request: z.object({
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
    settings: trainSettingsSchema,
    seed: z.int(),
  }),
});

/** The slot of a training under way. With every checkpoint it keeps what the training was started with. */
export function trainingSlot(store: FileStore, id: TrainingId, request: TrainingRequest): CheckpointSlot {
  const slot = checkpointSlot(store, `${root}/${id}/checkpoint.bin`);
  return {
    read: () => slot.read(),
    async write(checkpoint) {
      await slot.write(checkpoint);
      const stored = JSON.stringify({ epoch: checkpoint.epoch, request });
      await store.write(requestPath(id), new TextEncoder().encode(stored));
    },
    remove: () => store.remove(`${root}/${id}`),
  };
}

/** What an interrupted training was started with. @throws LabError `training-not-found`, `checkpoint-unreadable` */
export async function loadTraining(
  store: FileStore,
  id: TrainingId,
): Promise<{ epoch: number; request: TrainingRequest }> {
  const bytes = await store.read(requestPath(id));
  if (!bytes) {
    throw new LabError({
      code: 'training-not-found',
      message: `There is no interrupted training "${id}" on this machine.`,
      hint: 'It has come to its end or was discarded. Start a new one.',
      details: { id },
    });
  }
  const parsed = storedSchema.safeParse(parseJson(new TextDecoder().decode(bytes)));
  if (parsed.success) return parsed.data;
  throw new LabError({
    code: 'checkpoint-unreadable',
    message: `What the training "${id}" was started with cannot be read.`,
    hint: 'Discard it and start the training again.',
    details: { id },
  });
}

/** The trainings that can be gone on with. One whose description is damaged is left out. */
export async function listTrainings(store: FileStore): Promise<InterruptedTraining[]> {
  const found: InterruptedTraining[] = [];
  for (const id of (await store.list(root)).map(trainingId)) {
    try {
      const { epoch, request } = await loadTraining(store, id);
      found.push({ id, name: request.name, datasetId: request.datasetId, epoch, epochs: request.settings.epochs });
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
    }
  }
  return found;
}

/** Discards a training that was interrupted; nothing happens when there is none. */
export async function deleteTraining(store: FileStore, id: TrainingId): Promise<void> {
  await store.remove(`${root}/${id}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
