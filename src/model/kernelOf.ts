import { tidy, transpose } from '@tensorflow/tfjs-core';
import type { LabModel } from './labModel';
import { findLayer } from './network/findLayer';
import { layerWeights } from './network/layerWeights';
import { channelMaker } from './network/pruningObstacle';
import { notPrunable } from './surgery/planPruning';

/**
 * The weight that makes a layer's channels, as a copy with the channels on its last axis: row-major [height, width,
 * inputs, channels] of a convolution, [inputs, channels] of a dense layer. Read without blocking: reading synchronously
 * loses the device on WebGPU in a worker.
 *
 * @throws LabError `layer-not-found`, `layer-not-prunable` when it makes no channels
 */
export async function kernelOf(model: LabModel, layer: string): Promise<{ data: Float32Array; shape: number[] }> {
  const found = findLayer(model.network, layer);
  const maker = channelMaker(found);
  if (!maker) throw notPrunable(layer, `it makes no channels of its own (${found.getClassName()})`);
  const { value, shape } = layerWeights(found).find(({ name }) => name === maker.kernel)!;
  const last = shape.length - 1;
  if (maker.axis === last) return { data: (await value.data<'float32'>()).slice(), shape };
  const order = [...shape.keys()].filter((axis) => axis !== maker.axis).concat(maker.axis);
  const turned = tidy(() => transpose(value, order));
  const data = (await turned.data<'float32'>()).slice();
  turned.dispose();
  return { data, shape: order.map((axis) => shape[axis]!) };
}
