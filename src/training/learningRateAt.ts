import type { TrainSettings } from './trainSettings';

/**
 * Learning rate of a batch: the schedule's rate of its epoch, times min(1, t / warm-up) where t counts the epochs up to
 * and including the batch.
 *
 * @param epoch 1, 2, 3, …
 * @param shareOfEpoch share of the epoch's batches that is done with this one, above 0 and at most 1
 * @source PyTorch: `StepLR`, rate × gamma^⌊(epoch − 1) / stepEpochs⌋; `CosineAnnealingLR` with T_max = epochs,
 *   min + ½(rate − min)(1 + cos(π (epoch − 1) / epochs)). Both change the rate between epochs only.
 */
export function learningRateAt(
  settings: Pick<TrainSettings, 'optimizer' | 'schedule' | 'epochs' | 'warmUpEpochs'>,
  epoch: number,
  shareOfEpoch = 1,
): number {
  const { warmUpEpochs } = settings;
  const warmth = warmUpEpochs > 0 ? Math.min(1, (epoch - 1 + shareOfEpoch) / warmUpEpochs) : 1;
  return warmth * scheduledRate(settings, epoch);
}

function scheduledRate(
  { optimizer: { learningRate }, schedule, epochs }: Pick<TrainSettings, 'optimizer' | 'schedule' | 'epochs'>,
  epoch: number,
): number {
  switch (schedule.kind) {
    case 'constant':
      return learningRate;
    case 'step':
      return learningRate * schedule.gamma ** Math.floor((epoch - 1) / schedule.stepEpochs);
    case 'cosine': {
      const { minLearningRate } = schedule;
      return (
        minLearningRate + ((learningRate - minLearningRate) * (1 + Math.cos((Math.PI * (epoch - 1)) / epochs))) / 2
      );
    }
  }
}
