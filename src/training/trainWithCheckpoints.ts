import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import type { CheckpointSlot } from './checkpointSlot';
import type { TrainingCheckpoint } from './trainingCheckpoint';
import { type TrainOutcome, type TrainRequest, trainModel } from './trainModel';
import type { EpochRecord } from './trainSettings';

/** How a training went, and what the user should know of it. */
export interface NotedOutcome extends TrainOutcome {
  /** Sentences: a checkpoint that could not be read or stored. */
  notes: string[];
}

/**
 * Trains a model, and keeps a checkpoint after every epoch. When the slot holds one, training goes on from it.
 *
 * A checkpoint that cannot be read or stored is no reason to stop: it is noted, and training begins anew or goes on
 * without. The last checkpoint stays when training has ended: whoever called empties the slot once what was trained is kept.
 * The slot is emptied when training diverged, since it would do so again.
 *
 * @throws LabError as `trainModel`
 */
export async function trainWithCheckpoints(
  request: Omit<TrainRequest, 'resumeFrom'>,
  slot: CheckpointSlot,
  context: JobContext,
  onEpoch?: (record: EpochRecord) => void,
): Promise<NotedOutcome> {
  const notes: string[] = [];
  const note = (what: string) => (error: unknown) => {
    if (!(error instanceof LabError)) throw error;
    const sentence = `${what} ${error.message}`;
    if (!notes.includes(sentence)) notes.push(sentence);
    return null;
  };
  const resumeFrom: TrainingCheckpoint | null = await slot.read().catch(note('Training began anew.'));
  try {
    const outcome = await trainModel({ ...request, resumeFrom }, context, {
      epoch: onEpoch,
      checkpoint: async (checkpoint) => {
        await slot.write(checkpoint).catch(note('Training went on without a checkpoint.'));
      },
    });
    return { ...outcome, notes };
  } catch (error) {
    if (error instanceof LabError && error.code === 'training-diverged') await slot.remove();
    throw error;
  }
}
