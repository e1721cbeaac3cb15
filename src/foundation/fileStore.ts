/** A small file system for what the lab keeps: the browser's private one in the worker, a map in tests. */
export interface FileStore {
  /** Bytes of a file, or null when there is none. Paths are `folder/name`, without a leading slash. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Writes a whole file: afterwards it is the old one or the new one, never half. @throws LabError `quota-exceeded`, `storage-failed` */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Deletes a file or a folder with all that is in it. Nothing happens when there is none. */
  remove(path: string): Promise<void>;
  /** Names (not paths) of the entries of a folder, sorted; empty when there is no such folder. */
  list(folder: string): Promise<string[]>;
  /** Opens a file for reading and writing at any position. It is created when missing. One opener at a time. */
  open(path: string): Promise<RandomAccessFile>;
}

export interface RandomAccessFile {
  readonly sizeBytes: number;
  /** Fills `target` from the given position. @throws LabError `storage-failed` when the file ends before */
  readAt(positionBytes: number, target: Uint8Array): void;
  writeAt(positionBytes: number, source: Uint8Array): void;
  close(): void;
}
