import type { TrainSettings } from './trainSettings';

/**
 * Learning rate of an epoch.
 * @param epoch 1, 2, 3, …
 * @source PyTorch `StepLR`: rate × gamma^⌊(epoch − 1) / stepEpochs⌋
 */
export function learningRateAt(settings: Pick<TrainSettings, 'optimizer' | 'schedule'>, epoch: number): number {
  const { optimizer, schedule } = settings;
  if (schedule.kind === 'constant') return optimizer.learningRate;
  return optimizer.learningRate * schedule.gamma ** Math.floor((epoch - 1) / schedule.stepEpochs);
}
