import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { LabError } from '../../foundation/labError';
import type { Random } from '../../foundation/random';
import type { Dataset } from '../stored/dataset';
import type { AugmentationSettings } from './augmentation/augmentation';
import { augmentPixels } from './augmentation/augmentPixels';
import { greyOf } from './augmentation/greyOf';

/** What pixels must become to be a network's input: (pixel / 255 - mean) / std, per channel. */
export interface PixelScaling {
  imageSize: number;
  /** Of red, green and blue, or of grey alone. */
  mean: readonly number[];
  std: readonly number[];
  /** The order in which the network takes the colours of a pixel, red, green, blue when left out; or grey alone. */
  channelOrder?: 'rgb' | 'bgr' | 'grey';
}

/** Random changes for training, with the stream that decides them. */
export interface BatchAugmentation {
  settings: AugmentationSettings;
  random: Random;
}

const storedChannels = 3;
const pixelValues = 256;

/**
 * Reads images as a network's input: (pixel / 255 - mean) / std.
 *
 * @param indices positions in `dataset.manifest.samples`, n of them, in the order wanted; may repeat
 * @param scaling the network's image size, and mean and std per channel (std > 0)
 * @param augmentation random changes made to the pixels before they are scaled; none when left out
 * @returns float32 [n, S, S, C], C = 3 or, for grey, 1; the caller disposes of it
 * @throws LabError `shape-mismatch` when the dataset's images are not of the network's size
 */
export function readBatch(
  dataset: Dataset,
  indices: ArrayLike<number>,
  scaling: PixelScaling,
  augmentation?: BatchAugmentation,
): Tensor4D {
  const size = dataset.manifest.imageSize;
  if (size !== scaling.imageSize) {
    throw new LabError({
      code: 'shape-mismatch',
      message: `The images of "${dataset.manifest.name}" are ${size} × ${size} pixels, but the model takes ${scaling.imageSize} × ${scaling.imageSize}.`,
      hint: `Import the images again at ${scaling.imageSize} pixels, or use a model for ${size} pixels.`,
      details: { expected: scaling.imageSize, found: size },
    });
  }
  const stored = dataset.readPixels(indices);
  const pixels = augmentation ? augmentPixels(stored, size, augmentation.settings, augmentation.random) : stored;
  return pixelsToInput(pixels, scaling);
}

/**
 * Pixels as a network's input: red, green and blue in its order, or grey ({@link greyOf}).
 * @param pixels 0 … 255, row-major [n, S, S, 3]
 * @returns float32 [n, S, S, C] with C = 3, or 1 for grey; the caller disposes of it
 */
export function pixelsToInput(pixels: Uint8Array | Uint8ClampedArray, scaling: PixelScaling): Tensor4D {
  const { imageSize: size } = scaling;
  const count = pixels.length / (size * size * storedChannels);
  const isGrey = scaling.channelOrder === 'grey';
  const values = isGrey ? scaleGrey(pixels, scaling) : scaleColours(pixels, scaling);
  return tensor4d(values, [count, size, size, isGrey ? 1 : storedChannels], 'float32');
}

function scaleColours(pixels: Uint8Array | Uint8ClampedArray, scaling: PixelScaling): Float32Array {
  const tables = [0, 1, 2].map((channel) => scaleOf(scaling, channel)) as [Float32Array, Float32Array, Float32Array];
  const scaled = new Float32Array(pixels.length);
  const [red, blue] = scaling.channelOrder === 'bgr' ? [2, 0] : [0, 2];
  for (let i = 0; i < pixels.length; i += storedChannels) {
    scaled[i + red] = tables[0][pixels[i]!]!;
    scaled[i + 1] = tables[1][pixels[i + 1]!]!;
    scaled[i + blue] = tables[2][pixels[i + 2]!]!;
  }
  return scaled;
}

function scaleGrey(pixels: Uint8Array | Uint8ClampedArray, scaling: PixelScaling): Float32Array {
  const table = scaleOf(scaling, 0);
  const scaled = new Float32Array(pixels.length / storedChannels);
  for (let i = 0; i < scaled.length; i++) {
    const at = i * storedChannels;
    scaled[i] = table[greyOf(pixels[at]!, pixels[at + 1]!, pixels[at + 2]!)]!;
  }
  return scaled;
}

/** What each value 0 … 255 of a channel becomes. */
function scaleOf({ mean, std }: PixelScaling, channel: number): Float32Array {
  return Float32Array.from({ length: pixelValues }, (_, value) => (value / 255 - mean[channel]!) / std[channel]!);
}
