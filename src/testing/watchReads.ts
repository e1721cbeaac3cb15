import type { FileStore } from '../artifacts/fileStore';

/** A store above another that notes which files are read or opened. */
export function watchReads(store: FileStore): { watched: FileStore; read: string[] } {
  const read: string[] = [];
  const watched: FileStore = {
    ...store,
    read(path) {
      read.push(path);
      return store.read(path);
    },
    open(path, mode) {
      read.push(path);
      return store.open(path, mode);
    },
  };
  return { watched, read };
}
