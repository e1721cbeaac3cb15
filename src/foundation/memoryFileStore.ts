import type { FileStore, RandomAccessFile } from './fileStore';
import { LabError } from './labError';

/** A {@link FileStore} in memory: for tests, and for a browser that offers no private file system. */
export function createMemoryFileStore(): FileStore {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const opened = new Set<string>();
  return {
    async read(path) {
      return files.get(path)?.slice() ?? null;
    },
    async write(path, bytes) {
      files.set(path, new Uint8Array(bytes));
    },
    async remove(path) {
      const isMeant = (key: string) => key === path || key.startsWith(`${path}/`);
      for (const key of opened) if (isMeant(key)) throw inUse(key);
      for (const key of files.keys()) if (isMeant(key)) files.delete(key);
    },
    async list(folder) {
      const prefix = `${folder}/`;
      const paths = [...files.keys()].filter((key) => key.startsWith(prefix));
      const names = paths.map((key) => key.slice(prefix.length).split('/')[0]!);
      return [...new Set(names)].sort();
    },
    async open(path) {
      if (opened.has(path)) throw inUse(path);
      opened.add(path);
      if (!files.has(path)) files.set(path, new Uint8Array(0));
      return openInMemory(files, path, () => opened.delete(path));
    },
  };
}

function openInMemory(files: Map<string, Uint8Array<ArrayBuffer>>, path: string, close: () => void): RandomAccessFile {
  return {
    get sizeBytes() {
      return files.get(path)!.length;
    },
    readAt(position, target) {
      const bytes = files.get(path)!;
      if (position + target.length > bytes.length) {
        throw new LabError({
          code: 'storage-failed',
          message: `${path} ends at byte ${bytes.length}, but bytes up to ${position + target.length} were asked for.`,
          hint: 'Delete the dataset and import it again.',
        });
      }
      target.set(bytes.subarray(position, position + target.length));
    },
    writeAt(position, source) {
      const old = files.get(path)!;
      const grown = old.length >= position + source.length ? old : new Uint8Array(position + source.length);
      if (grown !== old) grown.set(old);
      grown.set(source, position);
      files.set(path, grown);
    },
    close,
  };
}

function inUse(path: string): LabError {
  return new LabError({
    code: 'storage-failed',
    message: `${path} is in use elsewhere.`,
    hint: 'Close it and try again.',
    details: { file: path },
  });
}
