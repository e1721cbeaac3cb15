import type { NamedTensorMap, Variable } from '@tensorflow/tfjs-core';

/** What an optimiser remembers between steps, as plain data. */
export interface OptimizerState {
  /** Steps taken. */
  steps: number;
  /** By name, the values kept for each weight, in the order of the weights; none before the first step. */
  slots: Record<string, Float32Array[]>;
}

/** Moves weights along their gradients. The arithmetic is PyTorch's, so that published settings mean the same here. */
export interface Optimizer {
  /**
   * One update.
   * @param weights the variables to move, by name
   * @param gradients d loss / d weight by the same names; left for the caller to dispose
   * @param learningRate of this step
   */
  step(weights: Record<string, Variable>, gradients: NamedTensorMap, learningRate: number): void;
  /** The state, to go on from later. @param weights the variables that `step` moves */
  state(weights: Record<string, Variable>): Promise<OptimizerState>;
  /** Goes on from a state of an optimiser of the same kind on the same weights. */
  restore(weights: Record<string, Variable>, state: OptimizerState): void;
  dispose(): void;
}
