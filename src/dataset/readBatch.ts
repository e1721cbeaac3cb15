import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { LabError } from '../foundation/labError';
import type { Random } from '../foundation/random';
import type { AugmentationSettings } from './augmentation';
import { augmentPixels } from './augmentPixels';
import type { Dataset } from './dataset';

/** What pixels must become to be a network's input: (pixel / 255 - mean) / std, per colour channel. */
export interface PixelScaling {
  imageSize: number;
  mean: readonly [number, number, number];
  std: readonly [number, number, number];
  /** The order in which the network takes the colours of a pixel; red, green, blue when left out. */
  channelOrder?: 'rgb' | 'bgr';
}

/** Random changes for training, with the stream that decides them. */
export interface BatchAugmentation {
  settings: AugmentationSettings;
  random: Random;
}

const channels = 3;
const pixelValues = 256;

/**
 * Reads images as a network's input: (pixel / 255 - mean) / std.
 *
 * @param indices positions in `dataset.manifest.samples`, n of them, in the order wanted; may repeat
 * @param scaling the network's image size, and mean and std per colour channel (std > 0)
 * @param augmentation random changes made to the pixels before they are scaled; none when left out
 * @returns float32 [n, S, S, 3]; the caller disposes of it
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
 * Pixels as a network's input.
 * @param pixels 0 … 255, row-major [n, S, S, 3]
 * @returns float32 [n, S, S, 3]; the caller disposes of it
 */
export function pixelsToInput(pixels: Uint8Array | Uint8ClampedArray, scaling: PixelScaling): Tensor4D {
  const { imageSize: size } = scaling;
  const count = pixels.length / (size * size * channels);
  return tensor4d(scalePixels(pixels, scaling), [count, size, size, channels], 'float32');
}

function scalePixels(pixels: Uint8Array | Uint8ClampedArray, scaling: PixelScaling): Float32Array {
  const table = new Float32Array(channels * pixelValues);
  for (let channel = 0; channel < channels; channel++) {
    for (let value = 0; value < pixelValues; value++) {
      table[channel * pixelValues + value] = (value / 255 - scaling.mean[channel]!) / scaling.std[channel]!;
    }
  }
  const scaled = new Float32Array(pixels.length);
  const [red, blue] = scaling.channelOrder === 'bgr' ? [2, 0] : [0, 2];
  for (let i = 0; i < pixels.length; i += channels) {
    scaled[i + red] = table[pixels[i]!]!;
    scaled[i + 1] = table[pixelValues + pixels[i + 1]!]!;
    scaled[i + blue] = table[2 * pixelValues + pixels[i + 2]!]!;
  }
  return scaled;
}
