import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../foundation/labError';
import { errnoOf } from './errnoOf';

const wrongFolder = new Set(['EEXIST', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'ENOENT']);

/**
 * Makes the folder for results, with the folders it is in, unless it is there.
 * @throws LabError `config-invalid` when no folder can be there
 */
export async function makeOutputFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    if (!wrongFolder.has(errnoOf(cause) ?? '')) throw notWritten(folder, cause);
    throw new LabError({
      code: 'config-invalid',
      message: `${folder} cannot be made a folder.`,
      hint: 'Name another folder with --out: one that can be written to, and not a file.',
      details: { path: folder },
      cause,
    });
  }
}

/** Writes a result into its folder. @throws LabError `storage-failed` */
export async function writeOutput(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const path = join(folder, name);
  try {
    await writeFile(path, content);
  } catch (cause) {
    throw notWritten(path, cause);
  }
}

function notWritten(path: string, cause: unknown): LabError {
  return new LabError({
    code: 'storage-failed',
    message: `${path} could not be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'Free space on the disk, or name another folder with --out.',
    details: { path },
    cause,
  });
}
