import { tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { modelId } from '../foundation/ids';
import type { LabModel } from '../model/labModel';

/**
 * The smallest classifier: the image's mean colour, then one dense layer. Its logits are mean colour / 255 × kernel.
 * @param kernel one row per colour, one column per class
 */
export function colourModel(kernel: number[][], imageSize: number): LabModel {
  const classNames = kernel[0]!.map((_, index) => `c${index}`);
  const network = sequential({
    layers: [
      layers.globalAveragePooling2d({ name: 'gap', inputShape: [imageSize, imageSize, 3] }),
      layers.dense({ name: 'fc', units: classNames.length }),
    ],
  });
  tidy(() => network.setWeights([tensor2d(kernel), tensor1d(classNames.map(() => 0))]));
  return {
    id: modelId('colours'),
    name: 'colours',
    network,
    preprocessing: { imageSize, mean: [0, 0, 0], std: [1, 1, 1] },
    classNames,
    originalChannels: {},
  };
}
