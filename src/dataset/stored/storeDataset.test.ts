import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../artifacts/fileStore';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { LabError } from '../../foundation/labError';
import { makeTestFields } from '../../testing/dataset/makeTestFields';
import { deleteDataset } from './deleteDataset';
import { listDatasets } from './listDatasets';
import { openDataset } from './openDataset';
import { storeDataset } from './storeDataset';

const fields = makeTestFields(6, 2);
const pixels = Uint8Array.from({ length: 6 * 12 }, (_, i) => i);

let store: FileStore;
beforeEach(() => {
  store = createMemoryFileStore();
});

const listedIds = async () => (await listDatasets(store)).datasets.map(({ id }) => id);

describe('a stored dataset', () => {
  it('is read back with its manifest and, in any order, its pixels', async () => {
    const stored = await storeDataset(store, fields, pixels);
    const dataset = await openDataset(store, stored.id);
    expect(dataset.manifest).toEqual(stored);
    expect(dataset.manifest).toMatchObject(fields);
    expect([...dataset.readPixels([5, 0])]).toEqual([...pixels.slice(60, 72), ...pixels.slice(0, 12)]);
    dataset.close();
  });

  it('lies in manifest.json under its id, its pixels in an image set', async () => {
    const { id, imageSetId } = await storeDataset(store, fields, pixels);
    expect(await store.list('datasets')).toEqual([id]);
    expect(await store.list(`datasets/${id}`)).toEqual(['head.json', 'manifest.json']);
    expect(await store.list(`imagesets/${imageSetId}`)).toEqual([
      'manifest.json',
      'shard-00000.json',
      'shard-00000.u8',
    ]);
    expect(await store.read(`imagesets/${imageSetId}/shard-00000.u8`)).toEqual(pixels);
  });

  it('is recognised when the same content is stored again, under whatever name', async () => {
    const first = await storeDataset(store, fields, pixels);
    const second = await storeDataset(store, { ...fields, name: 'other' }, pixels);
    expect(second).toEqual(first);
    expect((await listDatasets(store)).datasets).toHaveLength(1);
  });

  it('is another one when a single pixel or label differs', async () => {
    const otherPixels = pixels.slice();
    otherPixels[0] = 99;
    const labels = fields.samples.labels.toReversed();
    const ids = [
      await storeDataset(store, fields, pixels),
      await storeDataset(store, fields, otherPixels),
      await storeDataset(store, { ...fields, samples: { ...fields.samples, labels } }, pixels),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });

  it('shares its images with another one of other labels, and leaves them to it when it is deleted', async () => {
    const first = await storeDataset(store, fields, pixels);
    const labels = fields.samples.labels.toReversed();
    const second = await storeDataset(store, { ...fields, samples: { ...fields.samples, labels } }, pixels);
    expect(second.imageSetId).toBe(first.imageSetId);
    await deleteDataset(store, first.id);
    expect(await listedIds()).toEqual([second.id]);
    const dataset = await openDataset(store, second.id);
    expect(dataset.readPixels([1])).toEqual(pixels.slice(12, 24));
    dataset.close();
    await deleteDataset(store, second.id);
    expect(await store.list('imagesets')).toEqual([]);
  });

  it('stays as a whole, with its images, while its images are in use', async () => {
    const stored = await storeDataset(store, fields, pixels);
    await store.ownership.share(`image-set/${stored.imageSetId}`, async () => {
      await expect(deleteDataset(store, stored.id)).rejects.toMatchObject({ code: 'in-use' });
    });
    expect(await listedIds()).toEqual([stored.id]);
    (await openDataset(store, stored.id)).close();
  });

  it('is gone after it was deleted, with its images', async () => {
    const { id } = await storeDataset(store, fields, pixels);
    await deleteDataset(store, id);
    expect((await listDatasets(store)).datasets).toEqual([]);
    expect(await store.list('datasets')).toEqual([]);
    expect(await store.list('imagesets')).toEqual([]);
    await expect(openDataset(store, id)).rejects.toMatchObject({ code: 'dataset-not-found' });
  });

  it('cannot be opened when its images are missing, cut off or changed by a bit', async () => {
    const { id, imageSetId } = await storeDataset(store, fields, pixels);
    const path = `imagesets/${imageSetId}/shard-00000.u8`;
    const flipped = pixels.slice();
    flipped[40]! ^= 1;
    for (const bytes of [pixels.slice(1), flipped, new Uint8Array(0)]) {
      await store.write(path, bytes);
      await expect(openDataset(store, id)).rejects.toMatchObject({
        code: 'storage-failed',
        message: expect.stringContaining('checksum'),
        details: { file: path },
      });
    }
  });

  it('cannot be opened when its manifest is not one', async () => {
    const { id } = await storeDataset(store, fields, pixels);
    await store.write(`datasets/${id}/manifest.json`, new TextEncoder().encode('{"id":"x"}'));
    await expect(openDataset(store, id)).rejects.toMatchObject({ code: 'storage-failed' });
  });
});

describe('a dataset whose manifest cannot be read', () => {
  it('is kept and named, hides no other one, and is written anew when it is stored again', async () => {
    const broken = await storeDataset(store, fields, pixels);
    const whole = await storeDataset(store, { ...fields, classNames: ['c', 'd'] }, pixels);
    await store.write(`datasets/${broken.id}/manifest.json`, new TextEncoder().encode('{'));
    expect(await listDatasets(store)).toMatchObject({
      datasets: [{ id: whole.id }],
      unreadable: [
        { id: broken.id, reason: `datasets/${broken.id}/manifest.json does not hold a dataset's manifest.` },
      ],
    });
    await storeDataset(store, fields, pixels);
    expect((await listDatasets(store)).datasets).toHaveLength(2);
  });

  it('is said to be of an earlier version when its pixels lie beside it, as they used to', async () => {
    const { imageSetId: _, imageIndices: __, ...old } = await storeDataset(store, fields, pixels);
    await store.write('datasets/0123456789ab/images.u8', pixels);
    const manifest = JSON.stringify({ ...old, id: '0123456789ab', name: 'HAM' });
    await store.write('datasets/0123456789ab/manifest.json', new TextEncoder().encode(manifest));
    const { unreadable } = await listDatasets(store);
    expect(unreadable).toHaveLength(1);
    expect(unreadable[0]!.reason).toContain('"HAM" was stored by an earlier version');
    await deleteDataset(store, unreadable[0]!.id);
    expect((await listDatasets(store)).unreadable).toEqual([]);
  });
});

describe('writing that is cut off', () => {
  it('leaves no half dataset: without a manifest, the next listing removes it', async () => {
    await store.write('datasets/0123456789ab/records.json', pixels);
    const kept = await storeDataset(store, fields, pixels);
    expect(await listedIds()).toEqual([kept.id]);
    expect(await store.list('datasets')).toEqual([kept.id]);
  });

  it('is not what another tab is writing at the moment', async () => {
    await store.ownership.own('dataset/0123456789ab', async () => {
      await store.write('datasets/0123456789ab/records.json', pixels);
      expect((await listDatasets(store)).datasets).toEqual([]);
    });
    expect(await store.list('datasets')).toEqual(['0123456789ab']);
  });

  it('by a full disk names it and cleans up', async () => {
    const full: FileStore = {
      ...store,
      write: () =>
        Promise.reject(new LabError({ code: 'quota-exceeded', message: 'Full.', hint: 'Delete something.' })),
    };
    await expect(storeDataset(full, fields, pixels)).rejects.toMatchObject({ code: 'quota-exceeded' });
    expect(await store.list('datasets')).toEqual([]);
    expect(await store.list('imagesets')).toEqual([]);
  });
});
