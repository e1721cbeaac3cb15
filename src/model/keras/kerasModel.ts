import type { ImportLine } from '../files/importReport';
import type { WrittenBy } from '../layerSettings/writtenBy';
import type { NumberArray } from './numberArray';

/** A network as Keras saved it. */
export interface KerasModel {
  /** `{class_name, config}` as Keras wrote it. */
  topology: Record<string, unknown>;
  /** The Keras that saved it; null where the file does not say. */
  writtenBy: WrittenBy | null;
  /** By `layer/weight`, with tfjs' names; `network/layer/weight` for layers of networks inside. */
  weights: Record<string, NumberArray>;
  format: string;
  found: string;
  /** What became of each layer, by `layer` or `network/layer`. */
  lines: ImportLine[];
}
