import type { Constant } from './onnxGraph';

/** What a tensor of an ONNX graph is in the lab's network. */
export type OnnxValue = Constant | Maps | Vector | ChannelGroups;

/**
 * Maps of an image, which the network keeps as [height, width, channels]. Transposing them only changes `order`.
 */
export interface Maps {
  kind: 'maps';
  /** The layer that gives them. */
  layer: string;
  height: number;
  width: number;
  channels: number;
  /** ONNX' axes: b for the images of a batch, h, w, and c for the channels. `bchw` is the usual one. */
  order: string;
  /** True when no value is below 0. */
  isNonNegative: boolean;
}

/** Numbers of an image without a place, which the network keeps as [size]. */
export interface Vector {
  kind: 'vector';
  layer: string;
  size: number;
  /** ONNX' sides after the batch: [size], or with sides of 1, as pooling leaves them. */
  dims: number[];
  /** The network's position of each of ONNX' numbers; null when they are in the same order. */
  rows: Int32Array | null;
  isNonNegative: boolean;
}

/** Maps whose channels were split into groups, to shuffle them: [b, groups, channels of each, h, w], or these two swapped. */
export interface ChannelGroups {
  kind: 'groups';
  maps: Maps;
  groups: number;
  isSwapped: boolean;
}

/** The sides of a value as ONNX sees them; NaN for the number of images. */
export function dimsOf(value: OnnxValue): number[] {
  switch (value.kind) {
    case 'constant':
      return value.dims;
    case 'maps':
      return value.order.split('').map((axis) => sideOf(value, axis));
    case 'vector':
      return [Number.NaN, ...value.dims];
    case 'groups': {
      const { maps, groups, isSwapped } = value;
      const split = [groups, maps.channels / groups];
      return [Number.NaN, ...(isSwapped ? split.toReversed() : split), maps.height, maps.width];
    }
  }
}

/** One side of maps by the letter of its axis. */
export function sideOf({ height, width, channels }: Maps, axis: string): number {
  return { h: height, w: width, c: channels }[axis] ?? Number.NaN;
}

/** For each number of maps flattened as ONNX does, its place when they are flattened as [height, width, channels]; null when it is the same. */
export function flattenedRows({ height, width, channels, order }: Maps): Int32Array | null {
  const axes = order.replace('b', '').split('');
  const sides: Record<string, number> = { h: height, w: width, c: channels };
  const strides: Record<string, number> = { h: width * channels, w: channels, c: 1 };
  const [outer, middle, inner] = axes as [string, string, string];
  const rows = new Int32Array(height * width * channels);
  let at = 0;
  for (let i = 0; i < sides[outer]!; i++) {
    for (let j = 0; j < sides[middle]!; j++) {
      for (let k = 0; k < sides[inner]!; k++) {
        rows[at++] = i * strides[outer]! + j * strides[middle]! + k * strides[inner]!;
      }
    }
  }
  return rows.every((row, position) => row === position) ? null : rows;
}
