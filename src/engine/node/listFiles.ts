import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { LabFile } from '../protocol/jobMap';

/**
 * The files that are named, and those in the folders that are named, as a page gets them when they are dropped: with their path
 * in the folder, beginning with its name. Nothing is read before a job asks for it.
 */
export async function listFiles(paths: readonly string[]): Promise<LabFile[]> {
  const files = await Promise.all(paths.map(listOne));
  return files.flat();
}

async function listOne(path: string): Promise<LabFile[]> {
  if (!(await stat(path)).isDirectory()) return [await openFile(path, basename(path))];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const files: LabFile[] = [];
  for (const file of found) {
    if ((await stat(file)).isDirectory()) continue;
    files.push(await openFile(file, [basename(path), ...relative(path, file).split(sep)].join('/')));
  }
  return files;
}

async function openFile(path: string, labPath: string): Promise<LabFile> {
  const { mtimeMs } = await stat(path);
  const file = new File([await openAsBlob(path)], basename(path), { lastModified: mtimeMs });
  return { path: labPath, file };
}
