import { describe, expect, it } from 'vitest';
import type { FileStore } from '../artifacts/fileStore';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { atEveryOperation, createFaultyFileStore, faults } from './faultyFileStore';

const bytes = (...values: number[]) => Uint8Array.from(values);
const filled = async (): Promise<FileStore> => {
  const store = createMemoryFileStore();
  await store.write('a/old', bytes(1, 2, 3, 4));
  return store;
};
const contentOf = async (store: FileStore, path: string) => [...((await store.read(path)) ?? [])];

describe('a store that fails', () => {
  it('changes nothing at the operation that fails, and works before and after it', async () => {
    const below = await filled();
    const store = createFaultyFileStore(below, 'fail', 2);
    await store.append('a/old', bytes(5));
    await expect(store.write('a/old', bytes(9))).rejects.toMatchObject({ code: 'storage-failed' });
    await store.write('a/new', bytes(7));
    expect(await contentOf(below, 'a/old')).toEqual([1, 2, 3, 4, 5]);
    expect(await contentOf(below, 'a/new')).toEqual([7]);
  });

  it('does half of what is torn: of the bytes appended, of those at a position, of the files of a folder', async () => {
    const below = await filled();
    const torn = (at = 1) => createFaultyFileStore(below, 'torn', at);
    await expect(torn().append('a/old', bytes(5, 6))).rejects.toMatchObject({ code: 'storage-failed' });
    const file = await torn(2).open('a/old', 'write');
    expect(() => file.writeAt(0, bytes(9, 9))).toThrow(expect.objectContaining({ code: 'storage-failed' }));
    file.close();
    expect(await contentOf(below, 'a/old')).toEqual([9, 2, 3, 4, 5]);
    await below.write('a/other', bytes(1));
    await expect(torn().remove('a')).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await below.list('a')).toEqual(['other']);
  });

  it('leaves only a temporary file of a write that is torn, which is not listed and can be cleared away', async () => {
    const below = await filled();
    await expect(createFaultyFileStore(below, 'torn', 1).write('a/old', bytes(8, 8))).rejects.toThrow();
    expect(await contentOf(below, 'a/old')).toEqual([1, 2, 3, 4]);
    expect(await below.list('a')).toEqual(['old']);
    expect(await below.sizeOf('a')).toBe(5);
    expect(await below.removePartials('')).toEqual(['a/old']);
    expect(await below.sizeOf('a')).toBe(4);
  });

  it('takes nothing more when it is full, and still reads and deletes', async () => {
    const store = createFaultyFileStore(await filled(), 'full', 1);
    await expect(store.write('a/new', bytes(1))).rejects.toMatchObject({ code: 'quota-exceeded' });
    await expect(store.append('a/old', bytes(1))).rejects.toMatchObject({ code: 'quota-exceeded' });
    expect(await contentOf(store, 'a/old')).toEqual([1, 2, 3, 4]);
    await store.remove('a/old');
    expect(await store.list('a')).toEqual([]);
  });

  it('does nothing at all after its death', async () => {
    const below = await filled();
    const store = createFaultyFileStore(below, 'die', 1);
    await expect(store.remove('a/old')).rejects.toThrow();
    for (const call of [store.read('a/old'), store.list('a'), store.write('a/new', bytes(1)), store.sizeOf('')]) {
      await expect(call).rejects.toMatchObject({ code: 'storage-failed' });
    }
    expect(await below.list('a')).toEqual(['old']);
  });

  it.each(faults)('has the fault "%s" at every operation of a piece of work once', async (fault) => {
    const seen: boolean[] = [];
    const count = await atEveryOperation(fault, async (breakStore) => {
      const store = breakStore(await filled());
      const work = async () => {
        await store.write('a/one', bytes(1));
        await store.write('a/two', bytes(1));
      };
      seen.push(
        await work().then(
          () => true,
          () => false,
        ),
      );
    });
    expect([count, seen]).toEqual([2, [false, false, true]]);
  });
});
