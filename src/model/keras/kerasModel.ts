import type { ImportLine } from '../files/importReport';
import type { KerasMajor } from '../layerSettings/kerasMajor';
import type { NumberArray } from './numberArray';

/** A network as Keras saved it. */
export interface KerasModel {
  /** `{class_name, config}` as Keras wrote it. */
  topology: Record<string, unknown>;
  /** The major version of the Keras that saved it; null where the file does not say. */
  kerasMajor: KerasMajor | null;
  /** By `layer/weight`, with tfjs' names. */
  weights: Record<string, NumberArray>;
  format: string;
  found: string;
  lines: ImportLine[];
}
