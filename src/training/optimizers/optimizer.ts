import type { NamedTensorMap, Variable } from '@tensorflow/tfjs-core';

/** Moves weights along their gradients. The arithmetic is PyTorch's, so that published settings mean the same here. */
export interface Optimizer {
  /**
   * One update.
   * @param weights the variables to move, by name
   * @param gradients d loss / d weight by the same names; left for the caller to dispose
   * @param learningRate of this step
   */
  step(weights: Record<string, Variable>, gradients: NamedTensorMap, learningRate: number): void;
  dispose(): void;
}
