import { fileInUse } from './storeErrors';

/** Which files of a store are open in this process: to one writer each, or to a number of readers. */
export interface OpenFiles {
  /** Notes that a file is opened; gives what notes that it is closed. @throws LabError `storage-failed` when it may not be */
  open(path: string, mode: 'read' | 'write'): () => void;
  /** @throws LabError `storage-failed` when what would be deleted, or anything in it, is open */
  requireClosed(path: string): void;
}

export function createOpenFiles(): OpenFiles {
  const openers = new Map<string, 'writer' | number>();
  return {
    open(path, mode) {
      const present = openers.get(path) ?? 0;
      if (present === 'writer' || (mode === 'write' && present > 0)) throw fileInUse(path);
      openers.set(path, mode === 'write' ? 'writer' : present + 1);
      return () => {
        const left = openers.get(path);
        if (typeof left === 'number' && left > 1) openers.set(path, left - 1);
        else openers.delete(path);
      };
    },
    requireClosed(path) {
      for (const key of openers.keys()) if (isIn(key, path)) throw fileInUse(key);
    },
  };
}

/** Whether a path is what is meant, or lies in it; `''` is the whole store. */
export function isIn(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
