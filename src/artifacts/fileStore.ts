import type { Ownership } from './ownership';

/**
 * A small durable file system, on which everything that the lab keeps stands. Three keep this contract, and one suite tests
 * them all (`testing/fileStoreContract.ts`): the browser's private file system, a folder, and memory.
 *
 * Paths are `folder/name`, without a leading slash.
 */
export interface FileStore {
  /** Who of all that can reach this store has what in it at a time. */
  readonly ownership: Ownership;
  /** Bytes of a file, or null when there is none. @throws LabError `storage-failed` */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | null>;
  /**
   * Writes a whole file under a temporary name, flushes it and renames it: afterwards it is the old one or the new one,
   * never half, and stays so when the power fails. @throws LabError `quota-exceeded`, `storage-failed`; the old one is still there then
   */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /**
   * Adds bytes to the end of a file, which is created when missing, and flushes them. What was there before is never
   * touched; of what is added, a part can be left when the process dies within. @throws LabError `quota-exceeded`, `storage-failed`
   */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /**
   * Deletes a file or a folder with all that is in it. Nothing happens when there is none.
   * @throws LabError `storage-failed` when something in it is open; then nothing is deleted where the store can tell beforehand
   */
  remove(path: string): Promise<void>;
  /** Names (not paths) of the entries of a folder, sorted; empty when there is no such folder. Temporary files are left out. */
  list(folder: string): Promise<string[]>;
  /** Bytes of a file, or of all files in a folder, temporary ones too; 0 when there is none. */
  sizeOf(path: string): Promise<number>;
  /** Opens a file for access at any position. To `write` it is created when missing, and nobody else may have it open; any number may `read`. */
  open(path: string, mode: 'read' | 'write'): Promise<RandomAccessFile>;
  /** Deletes the temporary files of writes that were cut off, in a folder and all folders in it. Gives the paths of the files meant. */
  removePartials(folder: string): Promise<string[]>;
}

export interface RandomAccessFile {
  readonly sizeBytes: number;
  /** Fills `target` from the given position. @throws LabError `storage-failed` when the file ends before */
  readAt(positionBytes: number, target: Uint8Array): void;
  /** @throws LabError `quota-exceeded`, `storage-failed`, also when it is open to read only */
  writeAt(positionBytes: number, source: Uint8Array): void;
  /** Makes durable what was written. */
  flush(): void;
  close(): void;
}
