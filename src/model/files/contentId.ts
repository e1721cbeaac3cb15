import { type ModelId, modelId } from '../../foundation/ids';
import { baseName } from './findModelJson';
import type { NamedBytes } from './packModelFiles';

/**
 * The id of a model that is read from files: its name and a checksum of what is in them and of what was said of them, so
 * that the same files read alike always give the same model, and others never overwrite it.
 *
 * @param said what the user has said of what the files leave open: image size, answers
 */
export function contentId(name: string, files: NamedBytes[], said: readonly string[] = []): ModelId {
  const inOrder = files.toSorted((a, b) => (baseName(a.path) < baseName(b.path) ? -1 : 1));
  // FNV-1a, 32 bit.
  let checksum = 0x811c9dc5;
  const parts = [...inOrder.map(({ bytes }) => bytes), ...said.map((text) => new TextEncoder().encode(text))];
  for (const bytes of parts) {
    for (const byte of bytes) checksum = Math.imul(checksum ^ byte, 0x01000193);
  }
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return modelId(`${slug || 'model'}-${(checksum >>> 0).toString(16).padStart(8, '0')}`);
}
