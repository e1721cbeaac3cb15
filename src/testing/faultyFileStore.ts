import type { FileStore, RandomAccessFile } from '../artifacts/fileStore';
import { LabError } from '../foundation/labError';

/**
 * How a store fails at an operation that changes something.
 *
 * - `fail`: it throws `storage-failed` and changes nothing; the next ones work.
 * - `torn`: half of it is done, then it throws `storage-failed`; the next ones work. Half of a `write` is a temporary file,
 *   since the real one is renamed at the end; half of `append` and `writeAt` is half of the bytes; half of `remove` is half of
 *   a folder's files.
 * - `full`: it and all that write after it throw `quota-exceeded`; deleting and reading work.
 * - `die`: it and everything after it throw, reading too, as for a process that has ended. Go on with the store below.
 * - `die-within`: as `die`, with half of the operation done.
 */
export const faults = ['fail', 'torn', 'full', 'die', 'die-within'] as const;
export type Fault = (typeof faults)[number];

/** A {@link FileStore} that fails, and whether it has. */
export interface FaultyFileStore extends FileStore {
  readonly failed: boolean;
  /** Operations so far. */
  readonly operations: number;
}

/**
 * A store above another that fails at one operation. Counted is what changes something: `write`, `append`, `remove`,
 * `removePartials`, opening to write, `writeAt`, `flush`.
 *
 * @param at the operation that fails, counted from 1
 */
export function createFaultyFileStore(below: FileStore, fault: Fault, at: number): FaultyFileStore {
  let operations = 0;
  let dead = false;

  /** Whether the operation about to be done is the one, or after it, where that counts. */
  const isFaulty = (writes: boolean): boolean => {
    if (dead) throw storageFailed();
    operations += 1;
    if (fault === 'full') return operations >= at && writes;
    return operations === at;
  };
  /** The end of an operation that fails. */
  const failure = (): LabError => {
    dead = fault === 'die' || fault === 'die-within';
    return fault === 'full' ? quotaExceeded() : storageFailed();
  };
  const halves = fault === 'torn' || fault === 'die-within';
  const alive = () => {
    if (dead) throw storageFailed();
  };

  async function change(writes: boolean, whole: () => Promise<void>, half: () => Promise<void>): Promise<void> {
    if (!isFaulty(writes)) return whole();
    if (halves) await half();
    throw failure();
  }
  function changeAtOnce(writes: boolean, whole: () => void, half: () => void): void {
    if (!isFaulty(writes)) return whole();
    if (halves) half();
    throw failure();
  }

  return {
    ownership: below.ownership,
    get operations() {
      return operations;
    },
    get failed() {
      return operations >= at;
    },
    async read(path) {
      alive();
      return below.read(path);
    },
    async list(folder) {
      alive();
      return below.list(folder);
    },
    async sizeOf(path) {
      alive();
      return below.sizeOf(path);
    },
    write: (path, bytes) =>
      change(
        true,
        () => below.write(path, bytes),
        () => below.write(`${path}.partial`, halfOf(bytes)),
      ),
    append: (path, bytes) =>
      change(
        true,
        () => below.append(path, bytes),
        () => below.append(path, halfOf(bytes)),
      ),
    remove: (path) =>
      change(
        false,
        () => below.remove(path),
        () => removeHalf(below, path),
      ),
    async removePartials(folder) {
      if (isFaulty(false)) throw failure();
      return below.removePartials(folder);
    },
    async open(path, mode) {
      alive();
      if (mode === 'write' && isFaulty(true)) throw failure();
      const file = await below.open(path, mode);
      return {
        get sizeBytes() {
          return file.sizeBytes;
        },
        readAt(positionBytes, target) {
          alive();
          file.readAt(positionBytes, target);
        },
        writeAt: (positionBytes, source) =>
          changeAtOnce(
            true,
            () => file.writeAt(positionBytes, source),
            () => file.writeAt(positionBytes, halfOf(source)),
          ),
        flush: () =>
          changeAtOnce(
            true,
            () => file.flush(),
            () => undefined,
          ),
        close: () => file.close(),
      } satisfies RandomAccessFile;
    },
  };
}

/**
 * Tries a piece of work with a fault at its first operation, at its second, and so on, until it comes through without one.
 *
 * @param attempt gets what puts the fault into a store, which it makes and fills itself; it checks what it finds afterwards
 * @returns how many operations had the fault
 */
export async function atEveryOperation(
  fault: Fault,
  attempt: (breakStore: (below: FileStore) => FaultyFileStore, operation: number) => Promise<void>,
): Promise<number> {
  for (let operation = 1; ; operation++) {
    let broken: FaultyFileStore | null = null;
    await attempt((below) => {
      broken = createFaultyFileStore(below, fault, operation);
      return broken;
    }, operation);
    if (!(broken as FaultyFileStore | null)?.failed) return operation - 1;
  }
}

function halfOf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, bytes.length >> 1);
}

async function removeHalf(store: FileStore, path: string): Promise<void> {
  const names = await store.list(path);
  for (const name of names.slice(0, Math.ceil(names.length / 2))) await store.remove(`${path}/${name}`);
}

function storageFailed(): LabError {
  return new LabError({ code: 'storage-failed', message: 'The disk failed (made up).', hint: 'None: this is a test.' });
}

function quotaExceeded(): LabError {
  return new LabError({ code: 'quota-exceeded', message: 'No room is left (made up).', hint: 'None: this is a test.' });
}
