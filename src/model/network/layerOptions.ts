import type { layers, SymbolicTensor } from '@tensorflow/tfjs-layers';

/** One setting of a layer from its config, as text; empty when it has none. */
export function layerOption(layer: layers.Layer, option: string): string {
  const value = layer.getConfig()[option];
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A setting that is one number. */
export function numberOption(layer: layers.Layer, option: string): number {
  return Number(layerOption(layer, option));
}

/** A setting for height and width: a pair, or one number for both; 1 when there is none. */
export function pairOption(layer: layers.Layer, option: string): [number, number] {
  const value: unknown = JSON.parse(layerOption(layer, option) || '1');
  return Array.isArray(value) ? [Number(value[0]), Number(value[1])] : [Number(value), Number(value)];
}

/** Pixels at the top, bottom, left and right: tfjs keeps [[top, bottom], [left, right]], or shorter. */
export function sidesOption(layer: layers.Layer, option: string): [number, number, number, number] {
  const value: unknown = JSON.parse(layerOption(layer, option));
  const [vertical, horizontal] = Array.isArray(value) ? (value as unknown[]) : [value, value];
  const ends = (side: unknown) =>
    Array.isArray(side) ? [Number(side[0]), Number(side[1])] : [Number(side), Number(side)];
  const [top, bottom] = ends(vertical);
  const [left, right] = ends(horizontal);
  return [top!, bottom!, left!, right!];
}

/** Pixels that a layer's padding adds at the top, bottom, left and right: none, unless it is `same`. */
export function samePadding(
  layer: layers.Layer,
  kernel: [number, number],
  strides: [number, number],
  dilation: [number, number],
): readonly [number, number, number, number] {
  if (layerOption(layer, 'padding') !== 'same') return [0, 0, 0, 0];
  const [, height = 0, width = 0] = inputShapeOf(layer);
  const side = (size: number, axis: 0 | 1): [number, number] => {
    const reach = (kernel[axis] - 1) * dilation[axis] + 1;
    const total = Math.max(0, (Math.ceil(size / strides[axis]) - 1) * strides[axis] + reach - size);
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  };
  return [...side(height, 0), ...side(width, 1)];
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
