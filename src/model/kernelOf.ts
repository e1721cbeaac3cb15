import { channelFlow } from './channelFlow';
import type { LabModel } from './labModel';
import { findLayer } from './network/findLayer';
import { layerWeights } from './network/layerWeights';

/**
 * The weight that makes a prunable layer's channels, as a copy: row-major [height, width, inputs, channels]. Waits for
 * the device, which is bearable once a round.
 *
 * @throws LabError `layer-not-found`, `layer-not-prunable`
 */
export function kernelOf(model: LabModel, layer: string): { data: Float32Array; shape: number[] } {
  const { kernel } = channelFlow(model.network, layer);
  const { value, shape } = layerWeights(findLayer(model.network, layer)).find(({ name }) => name === kernel)!;
  return { data: value.dataSync<'float32'>().slice(), shape };
}
