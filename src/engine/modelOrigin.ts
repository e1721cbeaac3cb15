import type { FileStore } from '../artifacts/fileStore';
import { artifactDamaged } from '../artifacts/sealedJson';
import type { ModelId } from '../foundation/ids';
import { sha256Hex } from '../foundation/sha256Hex';
import type { NamedBytes } from '../model/files/packModelFiles';
import { modelFolder, readBeside } from '../model/modelStore';
import { type BaselineOrigin, baselineOriginSchema } from '../recipe/baselineOrigin';

const fileName = 'origin.json';

/** Where a model came from, as the file that is kept beside it. */
export function originFile(origin: BaselineOrigin): NamedBytes {
  return { path: fileName, bytes: new TextEncoder().encode(JSON.stringify(origin)) };
}

/**
 * Where a stored model came from; null when that is not known, as of pruned ones and those of earlier versions.
 * @throws LabError `artifact-damaged`, `storage-failed`
 */
export async function readModelOrigin(store: FileStore, id: ModelId): Promise<BaselineOrigin | null> {
  const bytes = await readBeside(store, id, fileName);
  if (!bytes) return null;
  const read = baselineOriginSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!read.success) throw artifactDamaged(modelFolder(id), 'what it says of its origin is not valid');
  return read.data;
}

/**
 * The origin of a model that was read from files.
 *
 * @param files with their paths; a folder that all lie in is no part of their names
 * @returns names and SHA-256 in hex, in the order of the names
 */
export async function originOfFiles(files: readonly NamedBytes[]): Promise<BaselineOrigin> {
  const [folder] = files[0]?.path.match(/^[^/]*\//) ?? [''];
  const start = files.every(({ path }) => path.startsWith(folder)) ? folder.length : 0;
  const hashed: { name: string; sha256: string }[] = [];
  for (const { path, bytes } of files) {
    // Files never lie in shared memory, which is all that the type leaves open.
    hashed.push({ name: path.slice(start), sha256: await sha256Hex(bytes as Uint8Array<ArrayBuffer>) });
  }
  return { kind: 'files', files: hashed.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}
