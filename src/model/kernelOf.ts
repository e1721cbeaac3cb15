import { channelFlow } from './channelFlow';
import type { LabModel } from './labModel';
import { findLayer } from './network/findLayer';
import { layerWeights } from './network/layerWeights';

/**
 * The weight that makes a prunable layer's channels, as a copy: row-major [height, width, inputs, channels]. Read without
 * blocking: reading synchronously loses the device on WebGPU in a worker.
 *
 * @throws LabError `layer-not-found`, `layer-not-prunable`
 */
export async function kernelOf(model: LabModel, layer: string): Promise<{ data: Float32Array; shape: number[] }> {
  const { kernel } = channelFlow(model.network, layer);
  const { value, shape } = layerWeights(findLayer(model.network, layer)).find(({ name }) => name === kernel)!;
  const data = await value.data<'float32'>();
  return { data: data.slice(), shape };
}
