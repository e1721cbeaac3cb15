import type { Asker } from '../../foundation/openQuestion';
import type { NamedBytes } from '../files/packModelFiles';
import type { KerasModel } from './kerasModel';
import { isHdf5 } from './readHdf5';
import { readKerasArchive } from './readKerasArchive';
import { readKerasH5 } from './readKerasH5';

/** Reads a `.keras` archive or an `.h5` file. @throws LabError `model-unreadable` */
export function readKeras(file: NamedBytes, asker: Asker): Promise<KerasModel> {
  return isHdf5(file.bytes) ? readKerasH5(file) : readKerasArchive(file, asker);
}
