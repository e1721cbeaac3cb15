import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { isFolder, readBytes } from './readInput';

/**
 * What files are, so that they can be told apart from others of the same names.
 *
 * @param paths files, or a folder, which stands for all in it
 * @returns names as in the folder, and SHA-256 in hex, in the order of the names
 */
export async function hashFiles(paths: readonly string[]): Promise<{ name: string; sha256: string }[]> {
  const hashed: { name: string; sha256: string }[] = [];
  for (const path of paths) {
    for (const file of (await isFolder(path)) ? await filesIn(path) : [path]) {
      const name = relative(file === path ? join(path, '..') : path, file);
      hashed.push({
        name,
        sha256: createHash('sha256')
          .update(await readBytes(file))
          .digest('hex'),
      });
    }
  }
  return hashed.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
