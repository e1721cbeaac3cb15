import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LabError } from '../../foundation/labError';
import type { FileStore, RandomAccessFile } from '../fileStore';
import { createOpenFiles } from '../openFiles';
import { fileEnds, openToRead } from '../storeErrors';
import { explainFolderError, isErrno } from './explainFolderError';
import { hostName, isAlive } from './livingProcess';
import { createLockFileOwnership } from './lockFileOwnership';

/** A file that is being written is `name.<host>-<process>.partial`; such files are never listed. */
const partialSuffix = '.partial';
/** Images of patients may be in it: for the user's eyes only. */
const folderMode = 0o700;
const fileMode = 0o600;

/**
 * A folder of this machine as a {@link FileStore}. It is made when missing, readable by its owner only. Several processes may
 * use one folder; which of them may write what at a time is settled by its ownership.
 *
 * @throws LabError `storage-failed` when the folder cannot be made
 */
export async function openFolderFileStore(root: string): Promise<FileStore> {
  const at = (path: string) => join(root, ...segmentsOf(path));
  const opened = createOpenFiles();
  const explained = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw explainFolderError(join(root, path), error);
    }
  };
  await explained('', () => mkdir(root, { recursive: true, mode: folderMode }));

  return {
    ownership: createLockFileOwnership(root),
    read: (path) => explained(path, async () => orMissing(async () => new Uint8Array(await readFile(at(path))), null)),
    write: (path, bytes) =>
      explained(path, async () => {
        const target = at(path);
        await mkdir(dirname(target), { recursive: true, mode: folderMode });
        const partial = `${target}.${partialOwner()}${partialSuffix}`;
        await withHandle(partial, 'w', (handle) => writeAndSync(handle, bytes));
        await rename(partial, target);
        await syncFolder(dirname(target));
      }),
    append: (path, bytes) =>
      explained(path, async () => {
        const target = at(path);
        await mkdir(dirname(target), { recursive: true, mode: folderMode });
        const isNew = (await orMissing(() => stat(target), null)) === null;
        await withHandle(target, 'a', (handle) => writeAndSync(handle, bytes));
        if (isNew) await syncFolder(dirname(target));
      }),
    remove: (path) =>
      explained(path, async () => {
        opened.requireClosed(path);
        await rm(at(path), { recursive: true, force: true });
      }),
    list: (path) =>
      explained(path, async () => {
        const names = await orMissing(() => readdir(at(path)), []);
        return names.filter((name) => !name.endsWith(partialSuffix)).sort();
      }),
    sizeOf: (path) => explained(path, () => sizeOf(at(path))),
    open: (path, mode) =>
      explained(path, async () => {
        const target = at(path);
        if (mode === 'write') await mkdir(dirname(target), { recursive: true, mode: folderMode });
        const close = opened.open(path, mode);
        try {
          return wrapDescriptor(openDescriptor(target, path, mode), path, mode, close);
        } catch (error) {
          close();
          throw error;
        }
      }),
    removePartials: (path) =>
      explained(path, async () => {
        const entries = await orMissing(() => readdir(at(path), { recursive: true, withFileTypes: true }), []);
        const removed: string[] = [];
        for (const { name, parentPath } of entries) {
          const given = /^(.*)\.([^.]*)\.partial$/.exec(name);
          if (!given || isBeingWritten(given[2]!)) continue;
          await rm(join(parentPath, name), { force: true });
          removed.push(
            join(parentPath, given[1]!)
              .slice(root.length + 1)
              .replaceAll('\\', '/'),
          );
        }
        return removed.sort();
      }),
  };
}

/** The names of a path. @throws LabError `storage-failed` for a path that leads out of the store */
function segmentsOf(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '');
  if (!names.some((name) => name === '..' || name === '.' || name.includes('\\') || name.includes('\0'))) return names;
  throw new LabError({
    code: 'storage-failed',
    message: `"${path}" is no path inside the store.`,
    hint: 'Names in the store hold no "..", no backslash.',
    details: { file: path },
  });
}

/** Who writes a temporary file. */
function partialOwner(): string {
  return `${hostName()}-${process.pid}`;
}

/** Whether the process that made a temporary file still lives. Of another machine nothing can be known: its file stays. */
function isBeingWritten(owner: string): boolean {
  const [, host, id] = /^(.*)-(\d+)$/.exec(owner) ?? [];
  if (host !== hostName()) return true;
  // What this process left, an earlier failure left: a write under way holds no one up for long, but cannot be told from it.
  return Number(id) !== process.pid && isAlive(Number(id));
}

async function writeAndSync(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.length) written += (await handle.write(bytes, written)).bytesWritten;
  await handle.sync();
}

async function withHandle(path: string, flags: string, work: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(path, flags, fileMode);
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}

/** Makes a rename or a new name durable. Windows has no such thing and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await withHandle(path, 'r', (handle) => handle.sync());
}

async function sizeOf(path: string): Promise<number> {
  const given = await orMissing(() => stat(path), null);
  if (!given) return 0;
  if (!given.isDirectory()) return given.size;
  const sizes = await Promise.all((await readdir(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function openDescriptor(target: string, path: string, mode: 'read' | 'write'): number {
  try {
    return openSync(target, mode === 'read' ? 'r' : 'r+', fileMode);
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
    if (mode === 'read') throw fileEnds(path, 0, 0);
    return openSync(target, 'w+', fileMode);
  }
}

function wrapDescriptor(
  descriptor: number,
  path: string,
  mode: 'read' | 'write',
  closed: () => void,
): RandomAccessFile {
  const explained = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw explainFolderError(path, error);
    }
  };
  const file: RandomAccessFile = {
    get sizeBytes() {
      return explained(() => fstatSync(descriptor).size);
    },
    readAt(positionBytes, target) {
      let got = 0;
      while (got < target.length) {
        const more = explained(() => readSync(descriptor, target, got, target.length - got, positionBytes + got));
        if (more === 0) throw fileEnds(path, file.sizeBytes, positionBytes + target.length);
        got += more;
      }
    },
    writeAt(positionBytes, source) {
      if (mode === 'read') throw openToRead(path);
      let written = 0;
      while (written < source.length) {
        written += explained(() =>
          writeSync(descriptor, source, written, source.length - written, positionBytes + written),
        );
      }
    },
    flush() {
      explained(() => fsyncSync(descriptor));
    },
    close() {
      closeSync(descriptor);
      closed();
    },
  };
  return file;
}

async function orMissing<T, M>(work: () => Promise<T>, missing: M): Promise<T | M> {
  try {
    return await work();
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return missing;
    throw error;
  }
}
