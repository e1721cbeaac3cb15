import type { FileStore, RandomAccessFile } from '../fileStore';
import { createLocalOwnership } from '../ownership';
import { fileEnds, openToRead } from '../storeErrors';
import { explainStorageError, isNamed } from './explainStorageError';
import { createWebLockOwnership } from './webLockOwnership';

/** Ends the name of a file that is being written; such files are never listed. */
const partialSuffix = '.partial';
/** A lock of a worker that was just ended takes a moment to go. */
const lockTries = 5;
const lockWaitMs = 100;

/**
 * The browser's origin private file system as a {@link FileStore}. Only in dedicated workers: nothing else has sync access
 * handles. What is opened to be written is locked against other tabs until it is closed; in browsers that know read-only
 * handles any number of tabs may read.
 */
export async function openOpfsFileStore(): Promise<FileStore> {
  const root = await explained('the private file system', () => navigator.storage.getDirectory());
  return {
    ownership: hasWebLocks() ? createWebLockOwnership(navigator.locks) : createLocalOwnership(),
    read: (path) =>
      explained(path, async () => {
        const folder = await findFolder(root, folderOf(path), false);
        const handle = folder && (await orNull(folder.getFileHandle(nameOf(path))));
        return handle && new Uint8Array(await (await handle.getFile()).arrayBuffer());
      }),
    write: (path, bytes) =>
      explained(path, async () => {
        const folder = await createFolder(root, folderOf(path));
        const partial = await folder.getFileHandle(nameOf(path) + partialSuffix, { create: true });
        const access = await openAccess(partial, 'write');
        try {
          access.truncate(0);
          writeAll(access, bytes, 0);
          access.flush();
        } finally {
          access.close();
        }
        await rename(partial, nameOf(path));
      }),
    append: (path, bytes) =>
      explained(path, async () => {
        const folder = await createFolder(root, folderOf(path));
        const access = await openAccess(await folder.getFileHandle(nameOf(path), { create: true }), 'write');
        try {
          writeAll(access, bytes, access.getSize());
          access.flush();
        } finally {
          access.close();
        }
      }),
    remove: (path) =>
      explained(path, async () => {
        const folder = await findFolder(root, folderOf(path), false);
        if (folder) await orNull(folder.removeEntry(nameOf(path), { recursive: true }));
      }),
    list: (path) =>
      explained(path, async () => {
        const folder = await findFolder(root, path, false);
        const names: string[] = [];
        if (folder) for await (const name of folder.keys()) names.push(name);
        return names.filter((name) => !name.endsWith(partialSuffix)).sort();
      }),
    sizeOf: (path) =>
      explained(path, async () => {
        const parent = await findFolder(root, folderOf(path), false);
        const file = parent && path !== '' && (await orNull(parent.getFileHandle(nameOf(path)), 'TypeMismatchError'));
        if (file) return (await file.getFile()).size;
        let sizeBytes = 0;
        const folder = await findFolder(root, path, false);
        if (folder) for await (const { handle } of filesIn(folder, path)) sizeBytes += (await handle.getFile()).size;
        return sizeBytes;
      }),
    open: (path, mode) =>
      explained(path, async () => {
        const create = mode === 'write';
        const folder = create
          ? await createFolder(root, folderOf(path))
          : await findFolder(root, folderOf(path), false);
        const handle = folder && (await orNull(folder.getFileHandle(nameOf(path), { create })));
        if (!handle) throw fileEnds(path, 0, 0);
        return wrapAccess(await openAccess(handle, mode), path, mode);
      }),
    removePartials: (path) =>
      explained(path, async () => {
        const removed: string[] = [];
        const folder = await findFolder(root, path, false);
        if (!folder) return removed;
        for await (const { handle, parent, path: file } of filesIn(folder, path)) {
          if (!handle.name.endsWith(partialSuffix) || !(await removeUnlocked(parent, handle.name))) continue;
          removed.push(file.slice(0, -partialSuffix.length));
        }
        return removed.sort();
      }),
  };
}

/** Whether tabs can know of each other what they work on. Without Web Locks each knows of itself alone. */
export function hasWebLocks(): boolean {
  return 'locks' in navigator;
}

/** All files in a folder and the folders in it. */
async function* filesIn(
  folder: FileSystemDirectoryHandle,
  path: string,
): AsyncGenerator<{ handle: FileSystemFileHandle; parent: FileSystemDirectoryHandle; path: string }> {
  for await (const [name, handle] of folder.entries()) {
    const at = path === '' ? name : `${path}/${name}`;
    if (handle.kind === 'directory') yield* filesIn(handle, at);
    else yield { handle, parent: folder, path: at };
  }
}

/** Deletes a file unless somebody is writing it. */
async function removeUnlocked(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await folder.removeEntry(name);
    return true;
  } catch (error) {
    if (isNamed(error, 'NoModificationAllowedError') || isNamed(error, 'NotFoundError')) return false;
    throw error;
  }
}

function wrapAccess(access: FileSystemSyncAccessHandle, path: string, mode: 'read' | 'write'): RandomAccessFile {
  return {
    get sizeBytes() {
      return access.getSize();
    },
    readAt(positionBytes, target) {
      const got = explainedSync(path, () => access.read(target, { at: positionBytes }));
      if (got < target.length) throw fileEnds(path, access.getSize(), positionBytes + target.length);
    },
    writeAt(positionBytes, source) {
      if (mode === 'read') throw openToRead(path);
      explainedSync(path, () => writeAll(access, source, positionBytes));
    },
    flush() {
      explainedSync(path, () => access.flush());
    },
    close() {
      access.close();
    },
  };
}

function writeAll(access: FileSystemSyncAccessHandle, bytes: Uint8Array, positionBytes: number) {
  const written = access.write(bytes, { at: positionBytes });
  // A full disk may show as a short write instead of an error.
  if (written < bytes.length)
    throw new DOMException(`${written} of ${bytes.length} bytes written`, 'QuotaExceededError');
}

async function openAccess(handle: FileSystemFileHandle, mode: 'read' | 'write'): Promise<FileSystemSyncAccessHandle> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await createAccess(handle, mode);
    } catch (error) {
      const locked = isNamed(error, 'NoModificationAllowedError') || isNamed(error, 'InvalidStateError');
      if (!locked || attempt === lockTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, lockWaitMs));
    }
  }
}

/** A handle of its mode; the standard's text has `mode`, TypeScript's does not yet. A browser without it opens a file once only. */
function createAccess(handle: FileSystemFileHandle, mode: 'read' | 'write'): Promise<FileSystemSyncAccessHandle> {
  const create: (options?: { mode: 'read-only' | 'readwrite' }) => Promise<FileSystemSyncAccessHandle> =
    handle.createSyncAccessHandle.bind(handle);
  return create({ mode: mode === 'read' ? 'read-only' : 'readwrite' });
}

/** Every browser with sync access handles has `move`; the standard's text and TypeScript's do not have it yet. */
function canMove(handle: FileSystemFileHandle): handle is FileSystemFileHandle & { move(name: string): Promise<void> } {
  return 'move' in handle && typeof handle.move === 'function';
}

async function rename(handle: FileSystemFileHandle, name: string) {
  if (!canMove(handle)) throw new Error('this browser cannot rename stored files');
  await handle.move(name);
}

async function findFolder(root: FileSystemDirectoryHandle, path: string, create: boolean) {
  let folder: FileSystemDirectoryHandle | null = root;
  for (const name of path.split('/').filter((part) => part !== '')) {
    folder = folder && (await orNull(folder.getDirectoryHandle(name, { create })));
  }
  return folder;
}

async function createFolder(root: FileSystemDirectoryHandle, path: string): Promise<FileSystemDirectoryHandle> {
  const folder = await findFolder(root, path, true);
  if (!folder) throw new Error('the folder vanished while it was being made');
  return folder;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What is not there is null, and what is of another kind where that is named; every other failure stays one. */
async function orNull<T>(pending: Promise<T>, alsoNamed?: 'TypeMismatchError'): Promise<T | null> {
  try {
    return await pending;
  } catch (error) {
    if (isNamed(error, 'NotFoundError') || (alsoNamed && isNamed(error, alsoNamed))) return null;
    throw error;
  }
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explainStorageError(path, error);
  }
}

function explainedSync<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw explainStorageError(path, error);
  }
}
