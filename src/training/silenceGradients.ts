import { dispose, mul, type NamedTensorMap, tensor, type Variable } from '@tensorflow/tfjs-core';
import type { LabModel } from '../model/labModel';
import { heldZeros } from '../model/masks/heldZeros';

/** Keeps at zero through a training what a model holds there: silenced slices, and the single weights of its masks. */
export interface SilencedGradients {
  /** The gradients with those of held weights zero. New tensors where there are any; disposes what it replaces. */
  apply(gradients: NamedTensorMap): NamedTensorMap;
  dispose(): void;
}

/**
 * A weight that is zero, gets no gradient and starts without momentum stays zero under every optimiser of the lab: weight
 * decay pulls it towards zero, where it is.
 */
export function silenceGradients(model: LabModel): SilencedGradients {
  const factors: NamedTensorMap = Object.fromEntries(
    heldZeros(model).map(({ value, shape, held }) => [
      (value as Variable).name,
      tensor(
        Float32Array.from(held, (isHeld) => 1 - isHeld),
        shape,
      ),
    ]),
  );
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
