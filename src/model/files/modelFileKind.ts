import { isLegacyPyTorch } from '../checkpoints/readPyTorch';
import { isSafetensors } from '../checkpoints/readSafetensors';
import { isHdf5 } from '../keras/readHdf5';
import { isZip, listZip } from './openZip';
import type { NamedBytes } from './packModelFiles';

/** What a file holds. `other`: no model by itself, perhaps a part of one. `onnx` is told by the name alone. */
export type ModelFileKind = 'pytorch' | 'safetensors' | 'keras' | 'onnx' | 'zip' | 'other';

/**
 * Tells what a file holds by its content, whatever it is called.
 *
 * @throws LabError `model-unreadable` for a damaged zip
 */
export async function modelFileKind(file: NamedBytes): Promise<ModelFileKind> {
  if (isHdf5(file.bytes)) return 'keras';
  if (isLegacyPyTorch(file)) return 'pytorch';
  if (isSafetensors(file)) return 'safetensors';
  if (!isZip(file)) return 'other';
  const paths = await listZip(file);
  if (paths.some((path) => /(^|\/)data\.pkl$/.test(path))) return 'pytorch';
  return paths.includes('config.json') && paths.includes('model.weights.h5') ? 'keras' : 'zip';
}
