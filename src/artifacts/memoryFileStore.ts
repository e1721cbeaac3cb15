import { concatBytes } from '../foundation/concatArrays';
import type { FileStore, RandomAccessFile } from './fileStore';
import { createOpenFiles, isIn } from './openFiles';
import { createLocalOwnership } from './ownership';
import { fileEnds, openToRead } from './storeErrors';

/** Ends the name of a file whose write was cut off. No write of this store can be; tests make such files. */
const partialSuffix = '.partial';

/** A {@link FileStore} in memory: for tests, and for a browser that offers no private file system. */
export function createMemoryFileStore(): FileStore {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const opened = createOpenFiles();
  return {
    ownership: createLocalOwnership(),
    async read(path) {
      return files.get(path)?.slice() ?? null;
    },
    async write(path, bytes) {
      files.set(path, new Uint8Array(bytes));
    },
    async append(path, bytes) {
      files.set(path, concatBytes([files.get(path) ?? new Uint8Array(0), bytes]));
    },
    async remove(path) {
      opened.requireClosed(path);
      for (const key of files.keys()) if (isIn(key, path)) files.delete(key);
    },
    async list(folder) {
      const prefix = folder === '' ? '' : `${folder}/`;
      const paths = [...files.keys()].filter((key) => key.startsWith(prefix));
      const names = paths.map((key) => key.slice(prefix.length).split('/')[0]!);
      return [...new Set(names)].filter((name) => !name.endsWith(partialSuffix)).sort();
    },
    async sizeOf(path) {
      return [...files].reduce((sum, [key, { length }]) => sum + (isIn(key, path) ? length : 0), 0);
    },
    async open(path, mode) {
      if (mode === 'read' && !files.has(path)) throw fileEnds(path, 0, 0);
      const close = opened.open(path, mode);
      if (!files.has(path)) files.set(path, new Uint8Array(0));
      return openInMemory(files, path, mode, close);
    },
    async removePartials(folder) {
      const partials = [...files.keys()].filter((key) => key.endsWith(partialSuffix) && isIn(key, folder));
      for (const key of partials) files.delete(key);
      return partials.map((key) => key.slice(0, -partialSuffix.length)).sort();
    },
  };
}

function openInMemory(
  files: Map<string, Uint8Array<ArrayBuffer>>,
  path: string,
  mode: 'read' | 'write',
  close: () => void,
): RandomAccessFile {
  return {
    get sizeBytes() {
      return files.get(path)!.length;
    },
    readAt(position, target) {
      const bytes = files.get(path)!;
      if (position + target.length > bytes.length) throw fileEnds(path, bytes.length, position + target.length);
      target.set(bytes.subarray(position, position + target.length));
    },
    writeAt(position, source) {
      if (mode === 'read') throw openToRead(path);
      const old = files.get(path)!;
      const grown = old.length >= position + source.length ? old : new Uint8Array(position + source.length);
      if (grown !== old) grown.set(old);
      grown.set(source, position);
      files.set(path, grown);
    },
    flush() {},
    close,
  };
}
