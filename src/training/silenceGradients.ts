import { dispose, mul, type NamedTensorMap, type Tensor, tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import type { LabModel } from '../model/labModel';
import { layerWeights } from '../model/network/layerWeights';

/** Holds the slices that masks have zeroed at zero through a training. */
export interface SilencedGradients {
  /** The gradients with those of silenced slices zero. New tensors where there are any; disposes what it replaces. */
  apply(gradients: NamedTensorMap): NamedTensorMap;
  dispose(): void;
}

/**
 * A weight that is zero, gets no gradient and starts without momentum stays zero under every optimiser of the lab: weight
 * decay pulls it towards zero, where it is.
 */
export function silenceGradients({ network, silenced = [] }: LabModel): SilencedGradients {
  const factors: NamedTensorMap = {};
  for (const layer of network.layers) {
    for (const { name, value, shape } of layerWeights(layer)) {
      const own = silenced.filter((slices) => slices.layer === layer.name && slices.weight === name);
      if (own.length > 0)
        factors[(value as Variable).name] = tidy(() => own.map((slices) => zeroes(shape, slices)).reduce(product));
    }
  }
  return {
    apply(gradients) {
      const masked = Object.entries(factors).filter(([name]) => name in gradients);
      if (masked.length === 0) return gradients;
      const changed = Object.fromEntries(masked.map(([name, factor]) => [name, mul(gradients[name]!, factor)]));
      dispose(masked.map(([name]) => gradients[name]!));
      return { ...gradients, ...changed };
    },
    dispose: () => dispose(factors),
  };
}

const product = (a: Tensor, b: Tensor): Tensor => mul(a, b);

/** 1 everywhere but in the silenced slices, in a shape that spreads over the weight's. */
function zeroes(shape: number[], { axis, positions }: NonNullable<LabModel['silenced']>[number]): Tensor {
  const values = new Float32Array(shape[axis]!).fill(1);
  for (const position of positions) values[position] = 0;
  return tensor(
    values,
    shape.map((side, index) => (index === axis ? side : 1)),
  );
}
