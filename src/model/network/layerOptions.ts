import type { layers } from '@tensorflow/tfjs-layers';

/** One setting of a layer from its config, as text; empty when it has none. */
export function layerOption(layer: layers.Layer, option: string): string {
  const value = layer.getConfig()[option];
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** True when a layer keeps its channels elsewhere than on the last axis. */
export function isChannelsFirst(layer: layers.Layer): boolean {
  return layerOption(layer, 'dataFormat') === 'channelsFirst';
}

/** The layer's single output shape; the batch and unknown sides are 0. */
export function outputShapeOf(layer: layers.Layer): number[] {
  return singleShape(layer.outputShape);
}

/** The layer's first input shape; the batch and unknown sides are 0. */
export function inputShapeOf(layer: layers.Layer): number[] {
  return inputShapesOf(layer)[0]!;
}

/** The shapes of all of a layer's inputs; the batch and unknown sides are 0. */
export function inputShapesOf(layer: layers.Layer): number[][] {
  return [layer.input].flat().map(({ shape }) => singleShape(shape));
}

function singleShape(shape: layers.Layer['outputShape']): number[] {
  const [first] = shape;
  const sides = Array.isArray(first) ? first : shape;
  return sides.map((side) => (typeof side === 'number' ? side : 0));
}
