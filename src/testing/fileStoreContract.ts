import type { FileStore } from '../artifacts/fileStore';
import { toErrorData } from '../foundation/labError';

/** One promise of the contract: what is done with a store, and what must be seen. Plain data, so that it can cross to a worker. */
export interface ContractCheck {
  name: string;
  see(store: FileStore): Promise<unknown>;
  expected: unknown;
}

const bytes = (...values: number[]) => Uint8Array.from(values);
const list = async (pending: Promise<Uint8Array | null>) => [...((await pending) ?? [])];

/** What every {@link FileStore} promises. Each check starts from an empty store. */
export const fileStoreContract: readonly ContractCheck[] = [
  {
    name: 'reads back what was last written, and null or nothing where there is nothing',
    async see(store) {
      await store.write('a/deep/file', bytes(1, 2, 3));
      await store.write('a/deep/file', bytes(9));
      return {
        file: await list(store.read('a/deep/file')),
        names: await store.list('a/deep'),
        folders: await store.list('a'),
        root: await store.list(''),
        none: [await store.read('a/other'), await store.read('nowhere/file')],
        noList: await store.list('nowhere'),
      };
    },
    expected: { file: [9], names: ['file'], folders: ['deep'], root: ['a'], none: [null, null], noList: [] },
  },
  {
    name: 'appends to what is there, and makes a file that is missing',
    async see(store) {
      await store.append('a/log', bytes(1, 2));
      await store.append('a/log', bytes(3));
      return list(store.read('a/log'));
    },
    expected: [1, 2, 3],
  },
  {
    name: 'removes files and whole folders, and nothing where there is nothing',
    async see(store) {
      await store.write('a/one', bytes(1));
      await store.write('b/two', bytes(2));
      await store.write('ab', bytes(3));
      await store.remove('a');
      await store.remove('b/two');
      await store.remove('never/there');
      return { a: await store.list('a'), b: await store.list('b'), ab: await list(store.read('ab')) };
    },
    expected: { a: [], b: [], ab: [3] },
  },
  {
    name: 'tells the size of a file and of a folder with all that is in it',
    async see(store) {
      await store.write('a/one', bytes(1, 2));
      await store.write('a/deep/two', bytes(3));
      await store.write('ab', bytes(4));
      return [await store.sizeOf('a/one'), await store.sizeOf('a'), await store.sizeOf(''), await store.sizeOf('none')];
    },
    expected: [2, 3, 4, 0],
  },
  {
    name: 'reads and writes at any position, and refuses to read past the end',
    async see(store) {
      const file = await store.open('a/images', 'write');
      file.writeAt(0, bytes(1, 2, 3, 4));
      file.writeAt(file.sizeBytes, bytes(5, 6));
      file.flush();
      const middle = new Uint8Array(3);
      file.readAt(2, middle);
      const beyond = codeOf(() => file.readAt(5, new Uint8Array(2)));
      const { sizeBytes } = file;
      file.close();
      return { sizeBytes, middle: [...middle], beyond, file: await list(store.read('a/images')) };
    },
    expected: { sizeBytes: 6, middle: [3, 4, 5], beyond: 'storage-failed', file: [1, 2, 3, 4, 5, 6] },
  },
  {
    name: 'lets one write or any number read, and none read what is not there',
    async see(store) {
      const writer = await store.open('a/images', 'write');
      const seen = {
        second: await refusal(store.open('a/images', 'write')),
        reader: await refusal(store.open('a/images', 'read')),
        missing: await refusal(store.open('a/none', 'read')),
        writing: 'none',
        writerBesideReaders: 'none',
      };
      writer.writeAt(0, bytes(7));
      writer.close();
      const readers = [await store.open('a/images', 'read'), await store.open('a/images', 'read')];
      seen.writing = codeOf(() => readers[0]!.writeAt(0, bytes(1)));
      readers[0]!.close();
      seen.writerBesideReaders = await refusal(store.open('a/images', 'write'));
      readers[1]!.close();
      (await store.open('a/images', 'write')).close();
      return { ...seen, file: await list(store.read('a/images')) };
    },
    expected: {
      second: 'storage-failed',
      reader: 'storage-failed',
      missing: 'storage-failed',
      writing: 'storage-failed',
      writerBesideReaders: 'storage-failed',
      file: [7],
    },
  },
  {
    name: 'does not remove what is open',
    async see(store) {
      const file = await store.open('a/set/images', 'write');
      const code = await refusal(store.remove('a/set'));
      file.close();
      await store.remove('a/set');
      return { code, left: await store.list('a') };
    },
    expected: { code: 'storage-failed', left: [] },
  },
];

function codeOf(work: () => void): string {
  try {
    work();
    return 'none';
  } catch (error) {
    return toErrorData(error).code;
  }
}

function refusal(pending: Promise<unknown>): Promise<string> {
  return pending.then(
    () => 'none',
    (error: unknown) => toErrorData(error).code,
  );
}
