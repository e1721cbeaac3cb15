import type { Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

/** A weight of a layer, by the name it has inside the layer. */
export interface LayerWeight {
  /** `kernel`, `bias`, `gamma`, … */
  name: string;
  /** `layer/kernel`: the name in files. Unlike the variable's own name it does not depend on what else is alive. */
  fileName: string;
  shape: number[];
  /** The live value. Not to be disposed. */
  value: Tensor;
}

/** The weights of a layer in the order of `layer.setWeights`. */
export function layerWeights(layer: layers.Layer): LayerWeight[] {
  return layer.weights.map((weight) => ({
    name: weight.originalName.slice(weight.originalName.lastIndexOf('/') + 1),
    fileName: weight.originalName,
    shape: weight.shape.map((size) => size ?? 0),
    value: weight.read(),
  }));
}

/** How many numbers a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}
