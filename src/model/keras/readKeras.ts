import type { ImportLine } from '../files/importReport';
import { isZip } from '../files/openZip';
import type { NamedBytes } from '../files/packModelFiles';
import type { NumberArray } from './numberArray';
import { isHdf5 } from './readHdf5';
import { readKerasArchive } from './readKerasArchive';
import { readKerasH5 } from './readKerasH5';

/** A network as Keras saved it. */
export interface KerasModel {
  /** `{class_name, config}` as Keras wrote it. */
  topology: Record<string, unknown>;
  /** By `layer/weight`, with tfjs' names. */
  weights: Record<string, NumberArray>;
  format: string;
  found: string;
  lines: ImportLine[];
}

/** True for a file that `model.save` of Keras writes, by its content. */
export function isKeras(file: NamedBytes): boolean {
  return isHdf5(file.bytes) || (isZip(file) && file.path.toLowerCase().endsWith('.keras'));
}

/** Reads a `.keras` archive or an `.h5` file. @throws LabError `model-unreadable` */
export function readKeras(file: NamedBytes): Promise<KerasModel> {
  return isHdf5(file.bytes) ? readKerasH5(file) : readKerasArchive(file);
}
