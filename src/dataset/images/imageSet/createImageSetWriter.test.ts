import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../../artifacts/fileStore';
import { createMemoryFileStore } from '../../../artifacts/memoryFileStore';
import { imageSetId } from '../../../foundation/ids';
import { createRandom } from '../../../foundation/random';
import { createImageSetWriter } from './createImageSetWriter';
import { imageSetPaths } from './imageSetPaths';
import { listInterruptedImports } from './listInterruptedImports';
import { openImageSet } from './openImageSet';
import { parseShardIndex } from './parseImageSet';

const imageSize = 4;
const bytesEach = imageSize * imageSize * 3;
const perShard = 3;
const set = { id: imageSetId('0123456789ab'), contentHash: 'abc', imageSize };
const paths = imageSetPaths(set.id);

let store: FileStore;
beforeEach(() => {
  store = createMemoryFileStore();
});

const open = () => createImageSetWriter(store, set, perShard * bytesEach);

/** Noise that follows from the number. */
function image(number: number): Uint8Array {
  const random = createRandom(number, 'image');
  return Uint8Array.from({ length: bytesEach }, () => random.integer(256));
}

const unreadable = { name: 'broken.jpg', sha256: 'ff', reason: 'broken on purpose' };

describe('an image set', () => {
  it('is read back across shards, in any order, with names, and what could not be read', async () => {
    const writer = await open();
    for (let i = 0; i < 4; i++) await writer.append(`${i}.jpg`, image(i));
    writer.skip(unreadable);
    for (let i = 4; i < 8; i++) await writer.append(`${i}.jpg`, image(i));
    const manifest = await writer.finish();
    expect(manifest).toMatchObject({ ...set, imageCount: 8, unreadable: [unreadable] });
    expect(manifest.shards.map(({ imageCount }) => imageCount)).toEqual([3, 3, 2]);

    const images = await openImageSet(store, set.id);
    expect(images.manifest).toEqual(manifest);
    await images.prepare([7, 2]);
    expect([...images.readPixels([7, 2])]).toEqual([...image(7), ...image(2)]);
    images.close();
    const names = [];
    for (const index of manifest.shards.keys()) {
      names.push(...parseShardIndex((await store.read(paths.index(index)))!, paths.index(index)).names);
    }
    expect(names).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((i) => `${i}.jpg`));
  });

  it('opens only the shards that are asked for, so that one that is damaged does not hide the rest', async () => {
    const writer = await open();
    for (let i = 0; i < 6; i++) await writer.append(`${i}.jpg`, image(i));
    await writer.finish();
    await store.write(paths.pixels(1), new Uint8Array(perShard * bytesEach));
    const images = await openImageSet(store, set.id);
    await images.prepare([0, 2]);
    expect([...images.readPixels([2])]).toEqual([...image(2)]);
    await expect(images.prepare([3])).rejects.toMatchObject({
      code: 'storage-failed',
      details: { file: paths.pixels(1) },
    });
    images.close();
  });

  it('holds images that look the same as groups', async () => {
    const writer = await open();
    for (const number of [5, 1, 5, 2, 5, 1]) await writer.append(`${number}.jpg`, image(number));
    expect((await writer.finish()).duplicateGroups).toEqual([
      [0, 2, 4],
      [1, 5],
    ]);
  });
});

describe('writing that is cut off', () => {
  /** Writes five images and one unreadable file, and is never heard of again. */
  async function cutOff() {
    const writer = await open();
    await writer.append('0.jpg', image(0));
    writer.skip(unreadable);
    for (let i = 1; i < 5; i++) await writer.append(`${i}.jpg`, image(i));
  }

  it('is taken up after the last whole shard, and ends as if nothing had been', async () => {
    await cutOff();
    const writer = await open();
    expect(writer.sourcesDone).toBe(4);
    for (let i = 3; i < 8; i++) await writer.append(`${i}.jpg`, image(i));
    const resumed = await writer.finish();

    store = createMemoryFileStore();
    const whole = await open();
    await whole.append('0.jpg', image(0));
    whole.skip(unreadable);
    for (let i = 1; i < 8; i++) await whole.append(`${i}.jpg`, image(i));
    expect({ ...resumed, createdAt: '' }).toEqual({ ...(await whole.finish()), createdAt: '' });
  });

  it('is listed with what it has, and is no image set', async () => {
    await cutOff();
    await expect(openImageSet(store, set.id)).rejects.toMatchObject({ code: 'dataset-not-found' });
    expect(await listInterruptedImports(store, new Set())).toEqual([
      { imageSetId: set.id, imageCount: 3, sizeBytes: 3 * bytesEach },
    ]);
  });

  it('begins anew where the shard that it left is damaged', async () => {
    await cutOff();
    await store.write(paths.pixels(0), new Uint8Array(perShard * bytesEach));
    const writer = await open();
    expect(writer.sourcesDone).toBe(0);
    await writer.abort();
    expect(await store.list('imagesets')).toEqual([]);
  });

  it('leaves nothing where no shard was whole', async () => {
    await store.write(paths.pixels(0), image(0));
    expect(await listInterruptedImports(store, new Set())).toEqual([]);
    expect(await store.list('imagesets')).toEqual([]);
  });
});
