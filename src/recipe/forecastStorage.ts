import type { TrainSettings } from '../training/trainSettings';
import type { RunConfig } from './runConfig';

const bytesPerNumber = 4;

/** What a run is expected to store at most, in bytes. */
export interface StorageForecast {
  /** Models of all rounds of all arms. They stay. */
  modelBytes: number;
  /** Checkpoints of the round under way: the present one, and the next before it takes its place. They go. */
  checkpointBytes: number;
}

/** Whether what is forecast fits into the room that is left. */
export type RoomLeft = 'enough' | 'tight' | 'too-little';

/**
 * What a run will store at most. Pruning makes models smaller, and early stopping ends a run before: it may be less. The journal
 * and the predictions are small beside the models.
 *
 * A checkpoint has the weights, those of the best epoch, and what the optimiser remembers of each weight: one number with
 * momentum, two in Adam and AdamW, none otherwise.
 *
 * @param parameters of the unpruned model
 */
export function forecastStorage(
  { pruning, arms, fineTune }: Pick<RunConfig, 'pruning' | 'arms' | 'fineTune'>,
  parameters: number,
): StorageForecast {
  const weightBytes = parameters * bytesPerNumber;
  const checkpoint = fineTune.epochs > 0 ? (2 + slotsOf(fineTune.optimizer)) * weightBytes : 0;
  return { modelBytes: pruning.rounds * arms.length * weightBytes, checkpointBytes: 2 * checkpoint };
}

/**
 * @param freeBytes room that is left; pruning makes a forecast an upper bound, so that only what is twice as much clearly
 *   cannot fit
 */
export function judgeRoom({ modelBytes, checkpointBytes }: StorageForecast, freeBytes: number): RoomLeft {
  const bytes = modelBytes + checkpointBytes;
  if (bytes <= freeBytes) return 'enough';
  return bytes <= 2 * freeBytes ? 'tight' : 'too-little';
}

/** Numbers that an optimiser remembers of every weight. */
function slotsOf(optimizer: TrainSettings['optimizer']): number {
  if (optimizer.name !== 'sgd') return 2;
  return optimizer.momentum > 0 ? 1 : 0;
}
