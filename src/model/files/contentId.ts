import { type ModelId, modelId } from '../../foundation/ids';
import { baseName } from './findModelJson';
import type { NamedBytes } from './packModelFiles';

/**
 * The id of a model that is read from files: its name and a checksum of what is in them and of what was said of them, so
 * that the same files read alike always give the same model, and others never overwrite it.
 *
 * @param said what the user has said of what the files leave open: image size, answers
 */
export async function contentId(
  name: string,
  files: readonly NamedBytes[],
  said: readonly string[] = [],
): Promise<ModelId> {
  const inOrder = files.toSorted((a, b) => (baseName(a.path) < baseName(b.path) ? -1 : 1));
  const parts = [...inOrder.map(({ bytes }) => bytes), ...said.map((text) => new TextEncoder().encode(text))];
  // Files never lie in shared memory, which is all that the type leaves open.
  const digests = await Promise.all(
    parts.map((bytes) => crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)),
  );
  const joined = new Uint8Array(digests.flatMap((digest) => [...new Uint8Array(digest)]));
  const checksum = new Uint8Array(await crypto.subtle.digest('SHA-256', joined));
  const hex = Array.from(checksum.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return modelId(`${slug || 'model'}-${hex}`);
}
