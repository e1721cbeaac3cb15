import { type ModelId, modelId } from '../../foundation/ids';
import { baseName } from './findModelJson';
import type { NamedBytes } from './packModelFiles';

/**
 * The id of a model that is read from files: its name and a checksum of what is in them, so that the same files always
 * give the same model and others never overwrite it.
 */
export function contentId(name: string, files: NamedBytes[]): ModelId {
  const inOrder = files.toSorted((a, b) => (baseName(a.path) < baseName(b.path) ? -1 : 1));
  // FNV-1a, 32 bit.
  let checksum = 0x811c9dc5;
  for (const { bytes } of inOrder) {
    for (const byte of bytes) checksum = Math.imul(checksum ^ byte, 0x01000193);
  }
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return modelId(`${slug || 'model'}-${(checksum >>> 0).toString(16).padStart(8, '0')}`);
}
