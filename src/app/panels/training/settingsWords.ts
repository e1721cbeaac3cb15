import { describeSetting, settingInWords } from '../../../foundation/setting';
import { optimizerNames, type TrainSettings, trainSettingsSchema } from '../../../training/trainSettings';
import { augmentationPresetOf } from './augmentationPresetOf';

/** `SGD, momentum 0.9 (Nesterov), weight decay 0.00001` */
export function optimizerWords({ optimizer }: Pick<TrainSettings, 'optimizer'>): string {
  const parts: string[] = [optimizerNames[optimizer.name]];
  if (optimizer.name === 'sgd' && optimizer.momentum > 0) {
    parts.push(`momentum ${optimizer.momentum}${optimizer.nesterov ? ' (Nesterov)' : ''}`);
  }
  if (optimizer.weightDecay === 0) return [...parts, 'no weight decay'].join(', ');
  const isDecoupled = optimizer.name === 'sgd' && optimizer.decoupled === true;
  return [...parts, `weight decay ${plain(optimizer.weightDecay)}${isDecoupled ? ' (decoupled)' : ''}`].join(', ');
}

/** `× 0.3 every 9 epochs, after 2 epochs of warm-up` */
export function scheduleWords({ schedule, warmUpEpochs }: Pick<TrainSettings, 'schedule' | 'warmUpEpochs'>): string {
  const warmUp = warmUpEpochs > 0 ? `, after ${epochs(warmUpEpochs)} of warm-up` : '';
  switch (schedule.kind) {
    case 'constant':
      return `Constant${warmUp}`;
    case 'step':
      return `× ${schedule.gamma} every ${epochs(schedule.stepEpochs)}${warmUp}`;
    case 'cosine':
      return `Cosine down to ${plain(schedule.minLearningRate)}${warmUp}`;
  }
}

const samplerField = describeSetting('sampler', trainSettingsSchema.shape.sampler);

/** `Images class-balanced, dropout 0.2` */
export function regularizationWords(
  settings: Pick<TrainSettings, 'sampler' | 'labelSmoothing' | 'dropout' | 'gradientClipping'>,
): string {
  const { sampler, labelSmoothing, dropout, gradientClipping } = settings;
  return [
    `Images ${settingInWords(samplerField, sampler)}`,
    ...(labelSmoothing > 0 ? [`label smoothing ${labelSmoothing}`] : []),
    ...(dropout > 0 ? [`dropout ${dropout}`] : []),
    ...(gradientClipping === null ? [] : [`gradients clipped at ${gradientClipping}`]),
  ].join(', ');
}

/** `Lab default`, `Custom` */
export function augmentationWords({ augmentation }: Pick<TrainSettings, 'augmentation'>): string {
  return augmentationPresetOf(augmentation)?.name ?? 'Custom';
}

/** `After 5 epochs without a fall of the validation loss` */
export function stoppingWords({ earlyStopping }: Pick<TrainSettings, 'earlyStopping'>): string {
  if (!earlyStopping) return 'Off: all epochs are trained';
  return `After ${epochs(earlyStopping.patienceEpochs)} without a fall of the validation loss`;
}

function epochs(count: number): string {
  return count === 1 ? '1 epoch' : `${count} epochs`;
}

/** 1e-5 as 0.00001, the way it is typed. */
function plain(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 8, useGrouping: false });
}
