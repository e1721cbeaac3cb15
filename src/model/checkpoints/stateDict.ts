/** A weight as PyTorch lays it out. */
export interface StateTensor {
  shape: number[];
  values: Float32Array;
}

/** Weights by their PyTorch names, in the order of the file or the network. */
export type StateDict = Map<string, StateTensor>;
