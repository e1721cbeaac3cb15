import type { ChannelCount, PixelScale } from '../../../model/labModel';
import { channelCount, greyFormula, inInputOrder, presetsFor } from '../../../model/preprocessing';
import type { PreprocessingPreset } from '../../../model/preprocessingPresetNames';

const presetLabels: Record<PreprocessingPreset, string> = {
  unit: '0 … 1',
  symmetric: '−1 … 1',
  bytes: '0 … 255',
  imagenet: 'ImageNet mean and std (torchvision)',
  caffe: 'BGR less ImageNet mean (Caffe, Keras)',
  lab: '−2 … 2 (trained in the lab)',
};

/** The ways to feed pixels to a network of so many channels. */
export function presetOptions(channels: ChannelCount): { value: PreprocessingPreset | 'hand'; label: string }[] {
  return [
    ...presetsFor(channels).map((value) => ({ value, label: presetLabels[value] })),
    { value: 'hand', label: 'set by hand' },
  ];
}

/** What black and white pixels become: the numbers that the network's author can compare with. */
export function workedPixels(scale: PixelScale): string {
  const { mean, std } = inInputOrder(scale);
  const of = (share: number) => mean.map((value, index) => format((share - value) / std[index]!)).join(', ');
  const grey = channelCount(scale) === 1 ? `The network has one channel: ${greyFormula}. ` : '';
  return `${grey}A black pixel goes in as (${of(0)}), a white one as (${of(1)}).`;
}

function format(value: number): string {
  return String(Number(value.toPrecision(4))).replace('-', '−');
}
