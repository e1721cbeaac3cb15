import { tidyUp } from '../artifacts/tidyUp';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import type { LabModel } from '../model/labModel';
import type { CheckpointSlot } from './checkpointSlot';
import { readWeights } from './networkWeights';
import { type TrainingCheckpoint } from './trainingCheckpoint';
import { type TrainListener, type TrainOutcome, type TrainRequest, trainModel } from './trainModel';

/** How a training went, and what the user should know of it. */
export interface NotedOutcome extends TrainOutcome {
  /** Sentences: a checkpoint that could not be read or stored. */
  notes: string[];
}

/**
 * Trains a model, and keeps a checkpoint after every epoch. When the slot holds one, training goes on from it.
 *
 * When training has ended, the slot still holds what makes the same model again without training: the caller calls
 * {@link releaseSlot} once what comes of the training is stored. The slot is emptied when training diverged, since it would
 * do so again. A checkpoint that cannot be read or stored is no reason to stop: it is noted, and training begins anew or goes
 * on without.
 *
 * @throws LabError as `trainModel`
 */
export async function trainWithCheckpoints(
  request: Omit<TrainRequest, 'resumeFrom'>,
  slot: CheckpointSlot,
  context: JobContext,
  onEpoch?: TrainListener['epoch'],
): Promise<NotedOutcome> {
  const notes: string[] = [];
  const note = (what: string) => (error: unknown) => {
    if (!(error instanceof LabError)) throw error;
    const sentence = `${what} ${error.message}`;
    if (!notes.includes(sentence)) notes.push(sentence);
    return null;
  };
  const resumeFrom: TrainingCheckpoint | null = await slot.read().catch(note('Training began anew.'));
  const keep = (checkpoint: TrainingCheckpoint) =>
    slot.write(checkpoint).catch(note('Training went on without a checkpoint.'));
  try {
    const outcome = await trainModel({ ...request, resumeFrom }, context, {
      epoch: onEpoch,
      checkpoint: async (checkpoint) => {
        await keep(checkpoint);
      },
    });
    if (outcome.endedBy === 'finish-now' && !resumeFrom?.ended)
      await keep(await checkpointOfEnd(request.model, outcome));
    return { ...outcome, notes };
  } catch (error) {
    if (error instanceof LabError && error.code === 'training-diverged') await tidyUp(() => slot.remove());
    throw error;
  }
}

/** What a training that the user ended was left with: no epoch's checkpoint says so. */
async function checkpointOfEnd(model: LabModel, { history, keptEpoch }: TrainOutcome): Promise<TrainingCheckpoint> {
  return {
    epoch: history.length,
    weights: await readWeights(model),
    optimizer: { steps: 0, slots: {} },
    best: null,
    history,
    ended: { endedBy: 'finish-now', keptEpoch },
  };
}
