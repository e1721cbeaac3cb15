import { reshape, type Tensor, transpose } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import type { LayerGraph } from './layerGraph';
import { inputShapeOf } from './layerOptions';

/** Layers that treat every number alike, whatever the order. */
const orderless = ['Dropout', 'Activation', 'ReLU', 'LeakyReLU', 'ELU'];

/**
 * True for a flattening of maps that only dense layers read: a network that keeps channels first can flatten in its own
 * order, when the rows of these layers are reordered (`channelsFirstRows`).
 */
export function isReorderedFlatten(layer: layers.Layer, graph: LayerGraph): boolean {
  if (layer.getClassName() !== 'Flatten' || inputShapeOf(layer).length !== 4) return false;
  const endsInDense = (reader: layers.Layer): boolean =>
    reader.getClassName() === 'Dense' ||
    (orderless.includes(reader.getClassName()) &&
      !graph.isOutput(reader) &&
      graph.readersOf(reader).every(endsInDense));
  return !graph.isOutput(layer) && graph.readersOf(layer).every(endsInDense);
}

/**
 * The maps [height, width, channels] whose reordered flattening a dense layer reads, with nothing in between but what
 * treats every number alike; null for other layers.
 */
export function flattenedBefore(layer: layers.Layer, graph: LayerGraph): number[] | null {
  if (layer.getClassName() !== 'Dense') return null;
  let [source] = graph.sourcesOf(layer);
  while (source && orderless.includes(source.getClassName())) [source] = graph.sourcesOf(source);
  return source && isReorderedFlatten(source, graph) ? inputShapeOf(source).slice(1) : null;
}

/** Rows of a dense kernel in the order (height, width, channel) to rows in the order (channel, height, width). */
export function channelsFirstRows(kernel: Tensor, [height, width, channels]: number[]): Tensor {
  const units = kernel.shape[1]!;
  return reshape(transpose(reshape(kernel, [height!, width!, channels!, units]), [2, 0, 1, 3]), [-1, units]);
}
