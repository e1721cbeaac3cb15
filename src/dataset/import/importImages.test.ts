import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../artifacts/fileStore';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { createJobControl, createSilentContext } from '../../foundation/createJobControl';
import type { ImageFit } from '../../foundation/imageFit';
import type { DecodeImage } from '../decodeImage';
import { openImageSet } from '../imageSet/openImageSet';
import { readImageSet } from '../imageSet/readImageSet';
import { fakeDecode } from './fakeFiles';
import { type ImportedImages, importImages } from './importImages';
import type { SourceFile } from './sourceFile';

const imageSize = 4;

let store: FileStore;
beforeEach(() => {
  store = createMemoryFileStore();
});

/** Files whose bytes are the letters given; `!` is one that cannot be decoded. */
function sources(letters: string, folder = 'photos'): SourceFile[] {
  return Array.from({ length: letters.length }, (_, index) => ({
    path: `${folder}/${index}.jpg`,
    sizeBytes: 1,
    read: () => Promise.resolve(new Blob([letters.charAt(index)])),
  }));
}

const given = async (imported: ImportedImages) => imported;
const run = (files: SourceFile[], decodeImage: DecodeImage = fakeDecode, size = imageSize) =>
  importImages(files, { imageSize: size }, { store, decodeImage }, createSilentContext(), given);

describe('importImages', () => {
  it('gives every file either a place in the set or a reason', async () => {
    const files = sources('dA!cB');
    const { manifest, indexOf, reasonOf } = await run(files);
    expect(manifest.imageCount).toBe(4);
    expect([...reasonOf]).toEqual([[files[2], 'broken on purpose']]);
    const images = await openImageSet(store, manifest.id);
    await images.prepare();
    for (const at of [0, 1, 3, 4]) {
      expect(images.readPixels([indexOf.get(files[at]!)!])[0]).toBe('dA!cB'.charCodeAt(at));
    }
    images.close();
  });

  it('knows the same contents under other names and in another order, broken ones too, without decoding them', async () => {
    const first = await run(sources('dA!cB'));
    const renamed = sources('Bcd!A', 'elsewhere');
    const again = await run(renamed, () => Promise.reject(new Error('must not be called')));
    expect(again.manifest).toEqual(first.manifest);
    expect(again.indexOf.size).toBe(4);
    expect([...again.reasonOf]).toEqual([[renamed[3], 'broken on purpose']]);
    expect((await run(sources('dA!cB'), fakeDecode, 5)).manifest.id).not.toBe(first.manifest.id);
  });

  it('gives what is squeezed the id that it always had, and every other fit one of its own', async () => {
    const add = async (imageFit?: ImageFit) => {
      const made = await importImages(
        sources('ab'),
        { imageSize, imageFit },
        { store, decodeImage: fakeDecode },
        createSilentContext(),
        given,
      );
      return made.manifest;
    };
    // From `printf a | sha256sum` and `printf b | sha256sum`: the ids that the lab gave before there were other fits.
    const hashes = [
      'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
      '3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',
    ];
    const before = createHash('sha256')
      .update(JSON.stringify([imageSize, hashes.toSorted()]))
      .digest('hex');
    expect((await add()).contentHash).toBe(before);
    const squeezed = await add({ kind: 'squeeze' });
    expect(squeezed.contentHash).toBe(before);
    expect(squeezed).not.toHaveProperty('imageFit');
    const fits: ImageFit[] = [
      { kind: 'pad', fill: 0 },
      { kind: 'pad', fill: 114 },
      { kind: 'crop', margin: 0 },
      { kind: 'crop', margin: 0.125 },
    ];
    const others = await Promise.all(fits.map(add));
    expect(others.map(({ imageFit }) => imageFit)).toEqual(fits);
    expect(new Set([squeezed, ...others].map(({ id }) => id)).size).toBe(5);
    expect((await readImageSet(store, others[3]!.id))?.imageFit).toEqual({ kind: 'crop', margin: 0.125 });
  });

  it('names a file that cannot be read at all, and keeps the rest', async () => {
    const files = sources('abc');
    const lost = { ...files[1]!, read: () => Promise.reject(new Error('the file was moved')) };
    const { manifest, reasonOf } = await run([files[0]!, lost, files[2]!]);
    expect(manifest.imageCount).toBe(2);
    expect([...reasonOf]).toEqual([[lost, 'the file was moved']]);
  });

  it('ends by name, and keeps nothing, when a file is moved after it was fingerprinted', async () => {
    const files = sources('abc');
    let reads = 0;
    const moved: SourceFile = {
      ...files[1]!,
      read: () => (reads++ === 0 ? files[1]!.read() : Promise.reject(new Error('gone'))),
    };
    await expect(run([files[0]!, moved, files[2]!])).rejects.toMatchObject({
      code: 'image-unreadable',
      details: { file: 'photos/1.jpg' },
    });
    expect(await store.list('imagesets')).toEqual([]);
  });

  it('says before it decodes that there is no room, with both numbers', async () => {
    const host = { store, decodeImage: fakeDecode, freeBytes: () => Promise.resolve(100) };
    await expect(importImages(sources('abc'), { imageSize }, host, createSilentContext(), given)).rejects.toMatchObject(
      {
        code: 'quota-exceeded',
        details: { needed: 3 * 48, free: 100 },
      },
    );
    expect(await store.list('imagesets')).toEqual([]);
  });

  it('goes on where a closed tab left off: what is stored is not decoded again', async () => {
    // 5 images of this size fill a shard.
    const large = 1024;
    const letters = 'abcdefghijklmn';
    const control = createJobControl('', () => undefined);
    const real = store;
    let decoded = 0;
    const flatDecode: DecodeImage = async (blob, size) =>
      new Uint8Array(size * size * 3).fill(new Uint8Array(await blob.arrayBuffer())[0]!);
    // A closed tab removes nothing.
    store = { ...real, remove: () => Promise.resolve() };
    const decodeThenClose: DecodeImage = async (blob, size) => {
      if (++decoded === 13) control.cancel();
      await new Promise((resolve) => setTimeout(resolve, 20));
      return flatDecode(blob, size);
    };
    const host = { store, decodeImage: decodeThenClose };
    await expect(
      importImages(sources(letters), { imageSize: large }, host, control.context, given),
    ).rejects.toMatchObject({
      code: 'cancelled',
    });

    store = real;
    const [folder] = await store.list('imagesets');
    const names = await store.list(`imagesets/${folder}`);
    const wholeShards = names.filter((name) => /^shard-.*json$/.test(name)).length;
    expect(wholeShards).toBeGreaterThan(0);
    decoded = 0;
    const resumed = await run(
      sources(letters),
      (blob, size) => {
        decoded++;
        return flatDecode(blob, size);
      },
      large,
    );
    expect(decoded).toBe(letters.length - 5 * wholeShards);
    store = createMemoryFileStore();
    const whole = await run(sources(letters), flatDecode, large);
    expect({ ...resumed.manifest, createdAt: '' }).toEqual({ ...whole.manifest, createdAt: '' });
  });
});
