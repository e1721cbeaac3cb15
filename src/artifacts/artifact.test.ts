import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { atEveryOperation, faults } from '../testing/faultyFileStore';
import {
  type ArtifactKind,
  bytesOfBodies,
  readBody,
  readHead,
  removeArtifact,
  removeOrphans,
  writeArtifact,
} from './artifact';
import type { FileStore } from './fileStore';
import { createMemoryFileStore } from './memoryFileStore';

const note: ArtifactKind<{ text: string }> = { kind: 'note', version: 1, schema: z.object({ text: z.string() }) };
const folder = 'notes/1';
let store: FileStore;

const keep = (text: string, ...bytes: number[]) =>
  writeArtifact(store, folder, note, { text }, [{ name: 'sound', bytes: Uint8Array.from(bytes) }]);

beforeEach(() => {
  store = createMemoryFileStore();
});

describe('an artifact', () => {
  it('is read back, head and body', async () => {
    await keep('old', 1, 2);
    const head = (await readHead(store, folder, note))!;
    expect(head.content).toEqual({ text: 'old' });
    expect([...(await readBody(store, folder, head, 'sound'))]).toEqual([1, 2]);
    expect(await readHead(store, 'notes/2', note)).toBeNull();
  });

  it('takes the place of the one before, and leaves none of its bodies', async () => {
    await keep('old', 1, 2);
    await keep('new', 3);
    expect((await store.list(folder)).length).toBe(2);
    expect((await readHead(store, folder, note))?.content).toEqual({ text: 'new' });
  });

  it('is the old one, whole, as long as the new head is not written', async () => {
    await keep('old', 1, 2);
    const real = store;
    store = {
      ...real,
      async write(path, bytes) {
        if (path.endsWith('head.json')) throw new Error('the power failed');
        await real.write(path, bytes);
      },
    };
    await expect(keep('new', 3)).rejects.toThrow('the power failed');
    const head = (await readHead(real, folder, note))!;
    expect(head.content).toEqual({ text: 'old' });
    expect([...(await readBody(real, folder, head, 'sound'))]).toEqual([1, 2]);
    expect(await removeOrphans(real, folder, head.bodies)).toHaveLength(1);
    expect((await real.list(folder)).length).toBe(2);
  });

  it('says how many bytes its bodies have', async () => {
    expect(bytesOfBodies(await keep('old', 1, 2, 3))).toBe(3);
  });

  it.each(faults)(
    'is there whole or not at all when its deletion meets the fault "%s" at any operation',
    async (fault) => {
      const count = await atEveryOperation(fault, async (breakStore) => {
        store = createMemoryFileStore();
        await keep('old', 1, 2);
        await removeArtifact(breakStore(store), folder).catch(() => undefined);
        const head = await readHead(store, folder, note);
        if (head) expect([...(await readBody(store, folder, head, 'sound'))]).toEqual([1, 2]);
      });
      expect(count).toBe(2);
    },
  );

  it('names every bit that flips in its head or body, and a body that is missing', async () => {
    await keep('old', 1, 2);
    const head = (await readHead(store, folder, note))!;
    for (const name of await store.list(folder)) {
      const path = `${folder}/${name}`;
      const whole = (await store.read(path))!;
      for (let at = 0; at < whole.length; at++) {
        const rotten = whole.slice();
        rotten[at] = rotten[at]! ^ 4;
        await store.write(path, rotten);
        const seen = name === 'head.json' ? readHead(store, folder, note) : readBody(store, folder, head, 'sound');
        await expect(seen).rejects.toMatchObject({ code: 'artifact-damaged' });
      }
      await store.write(path, whole);
    }
    await store.remove(`${folder}/${(await store.list(folder)).find((name) => name !== 'head.json')!}`);
    await expect(readBody(store, folder, head, 'sound')).rejects.toMatchObject({ code: 'artifact-damaged' });
  });

  it('of another kind or version is refused by name', async () => {
    await keep('old', 1);
    await expect(readHead(store, folder, { ...note, version: 2 })).rejects.toMatchObject({ code: 'artifact-damaged' });
    await expect(readHead(store, folder, { ...note, kind: 'song' })).rejects.toMatchObject({
      code: 'artifact-damaged',
    });
  });
});
