import type { FileStore, RandomAccessFile } from '../../foundation/fileStore';
import { LabError } from '../../foundation/labError';
import { explainStorageError, isNamed } from './explainStorageError';

/** Ends the name of a file that is being written; such files are never listed. */
const partialSuffix = '.partial';
/** A lock of a worker that was just ended takes a moment to go. */
const lockTries = 5;
const lockWaitMs = 100;

/**
 * The browser's origin private file system as a {@link FileStore}. Only in dedicated workers: nothing else has sync access
 * handles. What is opened is locked against other tabs until it is closed.
 */
export async function openOpfsFileStore(): Promise<FileStore> {
  const root = await explained('the private file system', () => navigator.storage.getDirectory());
  return {
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
        const access = await openAccess(partial);
        try {
          access.truncate(0);
          writeAll(access, bytes, 0);
          access.flush();
        } finally {
          access.close();
        }
        await rename(partial, nameOf(path));
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
    open: (path) =>
      explained(path, async () => {
        const folder = await createFolder(root, folderOf(path));
        return wrapAccess(await openAccess(await folder.getFileHandle(nameOf(path), { create: true })), path);
      }),
  };
}

function wrapAccess(access: FileSystemSyncAccessHandle, path: string): RandomAccessFile {
  return {
    get sizeBytes() {
      return access.getSize();
    },
    readAt(positionBytes, target) {
      const got = explainedSync(path, () => access.read(target, { at: positionBytes }));
      if (got < target.length) {
        throw new LabError({
          code: 'storage-failed',
          message: `${path} ends at byte ${access.getSize()}, but bytes up to ${positionBytes + target.length} were asked for.`,
          hint: 'Delete the dataset and import it again.',
          details: { file: path },
        });
      }
    },
    writeAt(positionBytes, source) {
      explainedSync(path, () => writeAll(access, source, positionBytes));
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

async function openAccess(handle: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await handle.createSyncAccessHandle();
    } catch (error) {
      const locked = isNamed(error, 'NoModificationAllowedError') || isNamed(error, 'InvalidStateError');
      if (!locked || attempt === lockTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, lockWaitMs));
    }
  }
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

/** What is not there is null; every other failure stays one. */
async function orNull<T>(pending: Promise<T>): Promise<T | null> {
  try {
    return await pending;
  } catch (error) {
    if (isNamed(error, 'NotFoundError')) return null;
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
