import { readdir, readFile, stat } from 'node:fs/promises';
import { LabError } from '../foundation/labError';
import { errnoOf } from './errnoOf';

const reasons: Record<string, string> = {
  ENOENT: 'There is no such file or folder',
  ENOTDIR: 'This is no folder',
  EISDIR: 'This is a folder, not a file',
  EACCES: 'This may not be read',
  EPERM: 'This may not be read',
};

/**
 * Reads a text file that the user named.
 * @throws LabError `config-invalid` when there is none or it may not be read
 */
export function readInput(path: string): Promise<string> {
  return explained(path, () => readFile(path, 'utf8'));
}

/** Reads a file of any kind that the user named. @throws LabError `config-invalid` as {@link readInput} */
export function readBytes(path: string): Promise<Uint8Array> {
  return explained(path, async () => new Uint8Array(await readFile(path)));
}

/** Names in a folder that the user named. @throws LabError `config-invalid` as {@link readInput} */
export function listInput(path: string): Promise<string[]> {
  return explained(path, () => readdir(path));
}

/** Whether a path that the user named is a folder. @throws LabError `config-invalid` as {@link readInput} */
export function isFolder(path: string): Promise<boolean> {
  return explained(path, async () => (await stat(path)).isDirectory());
}

async function explained<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const reason = reasons[errnoOf(cause) ?? ''];
    if (reason === undefined) throw cause;
    throw new LabError({
      code: 'config-invalid',
      message: `${reason}: ${path}`,
      hint: 'Correct the path. Relative paths start at the folder that the command was called in.',
      details: { path },
      cause,
    });
  }
}
