import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../../artifacts/fileStore';
import { createMemoryFileStore } from '../../../artifacts/memoryFileStore';
import { createLocalOwnership } from '../../../artifacts/ownership';
import { imageSetId } from '../../../foundation/ids';
import { createImageSetWriter } from './createImageSetWriter';
import { listInterruptedImports } from './listInterruptedImports';
import { withImageSet } from './withImageSet';

const set = { id: imageSetId('0123456789ab'), contentHash: 'abc', imageSize: 2 };
const bytesEach = 12;
let store: FileStore;

beforeEach(() => {
  store = { ...createMemoryFileStore(), ownership: createLocalOwnership(50) };
});

async function make() {
  const writer = await createImageSetWriter(store, set, bytesEach);
  for (const name of ['a', 'b']) await writer.append(name, new Uint8Array(bytesEach).fill(name.charCodeAt(0)));
  return writer.finish();
}

const countImages = async ({ imageCount }: { imageCount: number }) => imageCount;
const use = (work = countImages) => withImageSet(store, set.id, make, work);
const cutOffImports = () => listInterruptedImports(store, new Set());

describe('work with an image set', () => {
  it('makes it once, and finds it again', async () => {
    expect(await use()).toBe(2);
    const remade = withImageSet(store, set.id, () => Promise.reject(new Error('made twice')), countImages);
    expect(await remade).toBe(2);
  });

  it('keeps others from making the same set, and from calling it cut off, until its work is done', async () => {
    let seen: unknown;
    await use(async () => {
      const second = await use().catch(({ code }: { code: string }) => code);
      seen = { second, cutOff: await cutOffImports() };
      return 0;
    });
    expect(seen).toEqual({ second: 'in-use', cutOff: [] });
    expect(await cutOffImports()).toHaveLength(1);
  });

  it('is called cut off by nobody while its shards are being written', async () => {
    const seen: unknown[] = [];
    const writeAndLook = async () => {
      const writer = await createImageSetWriter(store, set, bytesEach);
      await writer.append('a', new Uint8Array(bytesEach));
      seen.push(await cutOffImports());
      return writer.finish();
    };
    await withImageSet(store, set.id, writeAndLook, countImages);
    expect(seen).toEqual([[]]);
  });

  it('shares a set that is there, so that others may use it and nobody owns it', async () => {
    await use();
    const inner = await use(async () => {
      const owner = store.ownership.own(`image-set/${set.id}`, async () => 0);
      const refused = await owner.catch(({ code }: { code: string }) => code);
      return refused === 'in-use' ? use() : -1;
    });
    expect(inner).toBe(2);
  });

  it('removes what it made when its work fails, and keeps what was there before', async () => {
    const fail = () => Promise.reject(new Error('on purpose'));
    await expect(use(fail)).rejects.toThrow('on purpose');
    expect(await store.list('imagesets')).toEqual([]);
    await use();
    await expect(use(fail)).rejects.toThrow('on purpose');
    expect(await use()).toBe(2);
  });
});
