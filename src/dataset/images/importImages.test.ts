import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../artifacts/fileStore';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { createJobControl, createSilentContext } from '../../foundation/createJobControl';
import { imageSetId } from '../../foundation/ids';
import type { ImageFit } from '../../foundation/imageFit';
import { fakeDecode } from '../../testing/dataset/fakeFiles';
import type { SourceFile } from '../files/sourceFile';
import type { DecodeImage } from './decodeImage';
import { createImageSetWriter } from './imageSet/createImageSetWriter';
import { deleteImageSet } from './imageSet/deleteImageSet';
import { listInterruptedImports } from './imageSet/listInterruptedImports';
import { openImageSet } from './imageSet/openImageSet';
import { readImageSet } from './imageSet/readImageSet';
import { type ImportedImages, importImages } from './importImages';

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
const run = (files: SourceFile[], decodeImage: DecodeImage = fakeDecode, size = imageSize, decoder = 'fake 1') =>
  importImages(files, { imageSize: size }, { store, decodeImage, decoder }, createSilentContext(), given);

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

  it('gives every fit an id of its own, and squeezing is what is meant without one', async () => {
    const add = async (imageFit?: ImageFit) => {
      const made = await importImages(
        sources('ab'),
        { imageSize, imageFit },
        { store, decodeImage: fakeDecode, decoder: 'fake 1' },
        createSilentContext(),
        given,
      );
      return made.manifest;
    };
    const squeezed = await add();
    expect(await add({ kind: 'squeeze' })).toEqual(squeezed);
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

  it('gives the same pixels the same id, whatever file or decoder they come from, and names the decoder that stored them', async () => {
    const first = await run(sources('ab'));
    expect(first.manifest.decoder).toBe('fake 1');
    // Of each shard, the checksum of its pixels, as `sha256sum` gives it.
    const files = ['a', 'b'].map((letter) => ({ letter, sha256: createHash('sha256').update(letter).digest('hex') }));
    const inOrder = files.sort((one, other) => (one.sha256 < other.sha256 ? -1 : 1));
    const pixels = await Promise.all(inOrder.map(({ letter }) => fakeDecode(new Blob([letter]), imageSize)));
    const shard = createHash('sha256').update(Buffer.concat(pixels)).digest('hex');
    const content = createHash('sha256')
      .update(JSON.stringify(['pixels', imageSize, 2, [shard]]))
      .digest('hex');
    expect(first.manifest).toMatchObject({ contentHash: content, id: content.slice(0, 12) });

    let decoded = 0;
    const otherDecoder: DecodeImage = (blob, size) => {
      decoded++;
      return fakeDecode(blob, size);
    };
    const again = await run(sources('ab'), otherDecoder, imageSize, 'fake 2');
    expect(decoded).toBe(2);
    expect(again.manifest).toEqual(first.manifest);
    await run(sources('ab'), otherDecoder, imageSize, 'fake 2');
    expect(decoded).toBe(2);
    const changed: DecodeImage = async (blob, size) => (await fakeDecode(blob, size)).map((value) => value ^ 1);
    expect((await run(sources('ab'), changed, imageSize, 'fake 3')).manifest.id).not.toBe(first.manifest.id);
  });

  it('knows a set that was stored when ids went by the files, and leaves its id as it was', async () => {
    // From `printf a | sha256sum` and `printf b | sha256sum`: the ids that the lab gave then.
    const hashes = [
      'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
      '3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',
    ];
    const contentHash = createHash('sha256')
      .update(JSON.stringify([imageSize, hashes.toSorted()]))
      .digest('hex');
    const id = imageSetId(contentHash.slice(0, 12));
    const writer = await createImageSetWriter(store, { id, contentHash, imageSize });
    for (const letter of 'ba') await writer.append(`${letter}.jpg`, await fakeDecode(new Blob([letter]), imageSize));
    const stored = await writer.finish();
    const path = `imagesets/${id}/manifest.json`;
    await store.write(path, new TextEncoder().encode(JSON.stringify({ ...stored, version: 1 })));
    const found = await run(sources('ab'), () => Promise.reject(new Error('must not be called')));
    expect(found.manifest).toEqual({ ...stored, version: 1 });
    const images = await openImageSet(store, found.manifest.id);
    await images.prepare();
    expect(images.readPixels([0])[0]).toBe('b'.charCodeAt(0));
    images.close();
  });

  it('deletes with a set all that belongs to it, and takes none of it for an import that was cut off', async () => {
    const { manifest } = await run(sources('ab'));
    await run(sources('ab'), fakeDecode, imageSize, 'fake 2');
    expect(await listInterruptedImports(store, new Set([manifest.id]))).toEqual([]);
    expect(await listInterruptedImports(store, new Set())).toEqual([
      { imageSetId: manifest.id, imageCount: 2, sizeBytes: 2 * 48 },
    ]);
    await deleteImageSet(store, manifest.id);
    expect(await store.list('imagesets')).toEqual([]);
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
    const host = { store, decodeImage: fakeDecode, decoder: 'fake 1' };
    const keepingNone = importImages(
      [files[0]!, moved, files[2]!],
      { imageSize },
      host,
      createSilentContext(),
      given,
      0,
    );
    await expect(keepingNone).rejects.toMatchObject({
      code: 'image-unreadable',
      details: { file: 'photos/1.jpg' },
    });
    expect(await store.list('imagesets')).toEqual([]);
  });

  it('reads each file once where memory allows, so that one that is moved meanwhile is no matter', async () => {
    const reads = new Map<string, number>();
    const counted = sources('abcd').map((file) => ({
      ...file,
      read: () => {
        reads.set(file.path, (reads.get(file.path) ?? 0) + 1);
        return file.read();
      },
    }));
    await run(counted);
    expect([...reads.values()]).toEqual([1, 1, 1, 1]);
    store = createMemoryFileStore();
    reads.clear();
    const host = { store, decodeImage: fakeDecode, decoder: 'fake 1' };
    // Files of one byte: two of them are kept.
    await importImages(counted, { imageSize }, host, createSilentContext(), given, 2);
    expect([...reads.values()].toSorted((one, other) => one - other)).toEqual([1, 1, 2, 2]);
  });

  it('removes what it made for work that fails, and leaves what was there before', async () => {
    const host = { store, decodeImage: fakeDecode, decoder: 'fake 1' };
    const fails = async () => {
      throw new Error('no dataset');
    };
    const failing = () => importImages(sources('ab'), { imageSize }, host, createSilentContext(), fails);
    await expect(failing()).rejects.toThrow('no dataset');
    expect(await store.list('imagesets')).toEqual([]);
    const { manifest } = await run(sources('ab'));
    await expect(failing()).rejects.toThrow('no dataset');
    expect(await readImageSet(store, manifest.id)).toEqual(manifest);
  });

  it('is refused while another tab imports the same files', async () => {
    const { manifest } = await run(sources('ab'));
    const folder = manifest.shardFolder!;
    await deleteImageSet(store, manifest.id);
    await store.ownership.own(`image-set/${folder}`, async () => {
      await expect(run(sources('ab'))).rejects.toMatchObject({ code: 'in-use' });
    });
    expect((await run(sources('ab'))).manifest.id).toBe(manifest.id);
  });

  it('says before it decodes that there is no room, with both numbers', async () => {
    const host = { store, decodeImage: fakeDecode, decoder: 'fake 1', freeBytes: () => Promise.resolve(100) };
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
    const host = { store, decodeImage: decodeThenClose, decoder: 'fake 1' };
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
