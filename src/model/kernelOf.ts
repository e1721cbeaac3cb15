import type { Tensor } from '@tensorflow/tfjs-core';
import { channelFlow } from './channelFlow';
import type { LabModel } from './labModel';
import { findLayer } from './network/findLayer';
import { layerWeights } from './network/layerWeights';

/**
 * The weight that makes a prunable layer's channels, [height, width, inputs, channels]: the model's own, not a copy, so
 * not to be disposed.
 *
 * @throws LabError `layer-not-found`, `layer-not-prunable`
 */
export function kernelOf(model: LabModel, layer: string): Tensor {
  const { kernel } = channelFlow(model.network, layer);
  return layerWeights(findLayer(model.network, layer)).find(({ name }) => name === kernel)!.value;
}
