import type { FileStore } from '../../../artifacts/fileStore';
import type { ImageSetId } from '../../../foundation/ids';
import { LabError } from '../../../foundation/labError';
import type { ImportedFiles } from './imageSet';
import { imageSetPaths, imageSetsFolder } from './imageSetPaths';
import { parseImportedFiles } from './parseImageSet';

const folderDigits = 12;

/** The folder in which what is kept for a fingerprint lies. */
export function fingerprintFolder(fingerprint: string): string {
  return fingerprint.slice(0, folderDigits);
}

/** Which set files are that were imported before; null when they were not, or when what says so cannot be read. */
export async function findImportedFiles(store: FileStore, folder: string): Promise<ImportedFiles | null> {
  const path = imageSetPaths(folder).imported;
  const bytes = await store.read(path);
  if (!bytes) return null;
  try {
    return parseImportedFiles(bytes, path);
  } catch (error) {
    if (error instanceof LabError && error.code === 'storage-failed') return null;
    throw error;
  }
}

/** @throws LabError `quota-exceeded`, `storage-failed` */
export async function noteImportedFiles(store: FileStore, files: ImportedFiles): Promise<void> {
  const path = imageSetPaths(fingerprintFolder(files.fingerprint)).imported;
  await store.write(path, new TextEncoder().encode(JSON.stringify(files)));
}

/** Folders of fingerprints whose files are a set. */
export async function foldersOf(store: FileStore, id: ImageSetId): Promise<string[]> {
  const folders: string[] = [];
  for (const folder of await store.list(imageSetsFolder)) {
    if ((await findImportedFiles(store, folder))?.imageSetId === id) folders.push(folder);
  }
  return folders;
}
