import { LabError } from '../foundation/labError';
import type { PixelScale, Preprocessing } from './labModel';

/** The usual ways to feed pixels (0 … 255) to a network. Mean and std are those of red, green and blue, as shares of 255. */
export const preprocessingPresets = {
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
} as const satisfies Record<string, ReadonlyScale>;
export type PreprocessingPreset = keyof typeof preprocessingPresets;
export const preprocessingPresetNames = Object.keys(preprocessingPresets) as PreprocessingPreset[];

interface ReadonlyScale {
  mean: readonly [number, number, number];
  std: readonly [number, number, number];
  channelOrder?: 'rgb' | 'bgr';
}

/** A preset as a scale of its own. */
export function presetScale(preset: PreprocessingPreset): PixelScale {
  const { mean, std, channelOrder }: ReadonlyScale = preprocessingPresets[preset];
  return { mean: [...mean], std: [...std], ...(channelOrder && { channelOrder }) };
}

/** The preset that a scale is, or null. */
export function presetOf(scale: PixelScale): PreprocessingPreset | null {
  const text = (of: ReadonlyScale) => JSON.stringify([of.mean, of.std, of.channelOrder ?? 'rgb']);
  return preprocessingPresetNames.find((name) => text(preprocessingPresets[name]) === text(scale)) ?? null;
}

/** The order in which a network takes the colours, as it is written elsewhere. */
export function channelOrderName({ channelOrder }: PixelScale): 'RGB' | 'BGR' {
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
    imageSize: preprocessing.imageSize,
    ...inInputOrder(preprocessing),
  };
}

/** @throws LabError `config-invalid` when a mean is no number or a std not above 0 */
export function checkPixelScale({ mean, std }: PixelScale): void {
  if (mean.every(Number.isFinite) && std.every((value) => Number.isFinite(value) && value > 0)) return;
  throw new LabError({
    code: 'config-invalid',
    message: `Pixels cannot be scaled with mean [${mean.join(', ')}] and std [${std.join(', ')}].`,
    hint: 'Give three numbers each, for red, green and blue as shares of 255; every std above 0.',
  });
}
