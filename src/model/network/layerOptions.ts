import type { layers, SymbolicTensor } from '@tensorflow/tfjs-layers';

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

/** The layer's single output shape, at the first of its places; the batch and unknown sides are 0. */
export function outputShapeOf(layer: layers.Layer): number[] {
  return outputShapesAt(layer)[0]!;
}

/** The layer's first input shape, at the first of its places; the batch and unknown sides are 0. */
export function inputShapeOf(layer: layers.Layer): number[] {
  return inputShapesAt(layer)[0]!;
}

/** The shapes of all of a layer's inputs, at the first of its places; the batch and unknown sides are 0. */
export function inputShapesOf(layer: layers.Layer): number[][] {
  return layer.inboundNodes[0]!.inputTensors.map(sides);
}

/** The output shape at each of the places where a layer stands. */
export function outputShapesAt(layer: layers.Layer): number[][] {
  return layer.inboundNodes.map(({ outputTensors }) => sides(outputTensors[0]!));
}

/** The first input's shape at each of the places where a layer stands. */
export function inputShapesAt(layer: layers.Layer): number[][] {
  return layer.inboundNodes.map(({ inputTensors }) => sides(inputTensors[0]!));
}

const sides = ({ shape }: SymbolicTensor) => shape.map((side) => side ?? 0);
