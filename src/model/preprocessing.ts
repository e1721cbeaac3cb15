import { LabError } from '../foundation/labError';
import type { ChannelCount, ColourScale, GreyScale, PixelScale, Preprocessing } from './labModel';
import { type PreprocessingPreset, preprocessingPresetNames } from './preprocessingPresetNames';

/** Pixels (0 … 255) as they go into a network of three channels. */
const colourPresets: Record<PreprocessingPreset, ColourScale> = {
  /** Pixel / 255. */
  unit: { mean: [0, 0, 0], std: [1, 1, 1] },
  /** Pixel / 127.5 - 1, as Keras does for MobileNet and Inception. */
  symmetric: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  /** The pixel as it is. */
  bytes: { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] },
  /** Mean and standard deviation of ImageNet, as torchvision's weights take them. */
  imagenet: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  /** Blue, green, red, less ImageNet's mean in 0 … 255, as Caffe's weights take them and Keras' VGG and ResNet. */
  caffe: {
    mean: [123.68 / 255, 116.779 / 255, 103.939 / 255],
    std: [1 / 255, 1 / 255, 1 / 255],
    channelOrder: 'bgr',
  },
  /** What the lab's own trainings use: about -2 … 2. */
  lab: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
};

/** Pixels as they go into a network of one channel; null where there is no counterpart. */
const greyPresets: Record<PreprocessingPreset, GreyScale | null> = {
  unit: { mean: [0], std: [1], channelOrder: 'grey' },
  symmetric: { mean: [0.5], std: [0.5], channelOrder: 'grey' },
  bytes: { mean: [0], std: [1 / 255], channelOrder: 'grey' },
  /** The averages of ImageNet's three means and of its three standard deviations, as is usual for one channel. */
  imagenet: { mean: [0.449], std: [0.226], channelOrder: 'grey' },
  caffe: null,
  lab: { mean: [0.5], std: [0.25], channelOrder: 'grey' },
};

/** How red, green and blue become grey: luminance by ITU-R Rec. 601, rounded, as Pillow's `convert("L")` gives it. */
export const greyFormula = 'grey = round(0.299 red + 0.587 green + 0.114 blue)';

/** The presets that there are for so many channels. */
export function presetsFor(channels: ChannelCount): PreprocessingPreset[] {
  return preprocessingPresetNames.filter((name) => channels === 3 || greyPresets[name] !== null);
}

/**
 * A preset as a scale of its own.
 * @throws LabError `config-invalid` when it has no counterpart for one channel
 */
export function presetScale(preset: PreprocessingPreset, channels?: 3): ColourScale;
export function presetScale(preset: PreprocessingPreset, channels: ChannelCount): PixelScale;
export function presetScale(preset: PreprocessingPreset, channels: ChannelCount = 3): PixelScale {
  const scale = channels === 3 ? colourPresets[preset] : greyPresets[preset];
  if (scale) return structuredClone(scale);
  throw new LabError({
    code: 'config-invalid',
    message: `"${preset}" is a way to feed blue, green and red; this network takes one channel, grey.`,
    hint: `Use one of: ${presetsFor(channels).join(', ')}.`,
  });
}

/**
 * Pixel / 127 - 1, as the web library of Teachable Machine does: 255 becomes 1.008.
 * @source @teachablemachine/image, utils/tf.ts, `capture`
 */
export function teachableMachineScale(channels: ChannelCount): PixelScale {
  const half = 127 / 255;
  return channels === 3
    ? { mean: [half, half, half], std: [half, half, half] }
    : { mean: [half], std: [half], channelOrder: 'grey' };
}

/** The preset that a scale is, or null. */
export function presetOf(scale: PixelScale): PreprocessingPreset | null {
  const text = (of: PixelScale) => JSON.stringify([of.mean, of.std, of.channelOrder ?? 'rgb']);
  const channels = channelCount(scale);
  return presetsFor(channels).find((name) => text(presetScale(name, channels)) === text(scale)) ?? null;
}

/** How many channels a network takes that is fed so. */
export function channelCount({ channelOrder }: PixelScale): ChannelCount {
  return channelOrder === 'grey' ? 1 : 3;
}

/** The order in which a network takes the colours, as it is written elsewhere. */
export function channelOrderName({ channelOrder }: PixelScale): 'RGB' | 'BGR' | 'grey' {
  if (channelOrder === 'grey') return 'grey';
  return channelOrder === 'bgr' ? 'BGR' : 'RGB';
}

/** Mean and std in the order in which the network takes the colours. */
export function inInputOrder({ mean, std, channelOrder }: PixelScale): { mean: number[]; std: number[] } {
  return channelOrder === 'bgr' ? { mean: mean.toReversed(), std: std.toReversed() } : { mean, std };
}

/** How pixels go in, for programs that use an exported network without the lab. */
export function pixelFormula(preprocessing: Preprocessing) {
  return {
    formula: '(pixel / 255 - mean) / std',
    channels: channelOrderName(preprocessing),
    ...(channelCount(preprocessing) === 1 && { grey: greyFormula }),
    imageSize: preprocessing.imageSize,
    ...(preprocessing.imageFit && { imageFit: preprocessing.imageFit }),
    ...inInputOrder(preprocessing),
  };
}

/** @throws LabError `config-invalid` when a mean is no number, a std not above 0, or their count not the network's */
export function checkPixelScale({ mean, std }: PixelScale, channels: ChannelCount): void {
  const isWhole = mean.length === channels && std.length === channels;
  if (isWhole && mean.every(Number.isFinite) && std.every((value) => Number.isFinite(value) && value > 0)) return;
  throw new LabError({
    code: 'config-invalid',
    message: `Pixels cannot be scaled with mean [${mean.join(', ')}] and std [${std.join(', ')}].`,
    hint:
      channels === 3
        ? 'Give three numbers each, for red, green and blue as shares of 255; every std above 0.'
        : 'The network takes grey images: give one number each, as a share of 255; the std above 0.',
  });
}
