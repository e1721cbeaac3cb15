/** A weight as PyTorch lays it out. */
export interface StateTensor {
  shape: number[];
  values: Float32Array;
}

/** Weights by their PyTorch names, in the order of the file or the network. */
export type StateDict = Map<string, StateTensor>;

/** The shapes of weights by their names, in the order of the file. */
export type WeightShapes = ReadonlyMap<string, readonly number[]>;

/** A dictionary of weights in a file. Its numbers are read when they are needed: a checkpoint may hold several. */
export interface StoredWeights {
  /** The keys under which it stands: `state_dict`; none when it is the file itself. */
  keys: readonly string[];
  shapes: WeightShapes;
  /** @throws LabError `model-unreadable` when numbers are missing or do not fit the shapes */
  read(): StateDict;
}

/** What a checkpoint holds. */
export interface FoundCheckpoint {
  /** `safetensors`, `PyTorch checkpoint (zip)`, … */
  format: string;
  /** At least one. */
  dictionaries: StoredWeights[];
}

/** Where weights stand, in words: `in the file itself`, `under "state_dict"`. */
export function describePlace({ keys }: StoredWeights): string {
  return keys.length === 0 ? 'in the file itself' : `under ${keys.map((key) => `"${key}"`).join('.')}`;
}
