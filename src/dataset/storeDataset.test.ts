import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FileStore } from '../foundation/fileStore';
import { datasetId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import { createMemoryFileStore } from '../foundation/memoryFileStore';
import { createDatasetWriter } from './createDatasetWriter';
import { deleteDataset } from './deleteDataset';
import { listDatasets } from './listDatasets';
import { makeTestFields } from './makeTestFields';
import { openDataset } from './openDataset';
import { storeDataset } from './storeDataset';

const fields = makeTestFields(6, 2);
const pixels = Uint8Array.from({ length: 6 * 12 }, (_, i) => i);

let store: FileStore;
beforeEach(() => {
  store = createMemoryFileStore();
});

describe('a stored dataset', () => {
  it('is read back with its manifest and, in any order, its pixels', async () => {
    const stored = await storeDataset(store, fields, pixels);
    const dataset = await openDataset(store, stored.id);
    expect(dataset.manifest).toEqual(stored);
    expect(dataset.manifest).toMatchObject(fields);
    expect([...dataset.readPixels([5, 0])]).toEqual([...pixels.slice(60, 72), ...pixels.slice(0, 12)]);
    dataset.close();
  });

  it('lies in manifest.json and images.u8 under its id', async () => {
    const { id } = await storeDataset(store, fields, pixels);
    expect(await store.list('datasets')).toEqual([id]);
    expect(await store.list(`datasets/${id}`)).toEqual(['images.u8', 'manifest.json']);
    expect(await store.read(`datasets/${id}/images.u8`)).toEqual(pixels);
  });

  it('is recognised when the same content is stored again, under whatever name', async () => {
    const first = await storeDataset(store, fields, pixels);
    const second = await storeDataset(store, { ...fields, name: 'other' }, pixels);
    expect(second).toEqual(first);
    expect(await listDatasets(store)).toHaveLength(1);
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

  it('is gone after it was deleted', async () => {
    const { id } = await storeDataset(store, fields, pixels);
    await deleteDataset(store, id);
    expect(await listDatasets(store)).toEqual([]);
    expect(await store.list(`datasets/${id}`)).toEqual([]);
    await expect(openDataset(store, id)).rejects.toMatchObject({ code: 'dataset-not-found' });
  });

  it('cannot be opened when its images are cut off', async () => {
    const { id } = await storeDataset(store, fields, pixels);
    await store.write(`datasets/${id}/images.u8`, pixels.slice(1));
    await expect(openDataset(store, id)).rejects.toMatchObject({
      code: 'storage-failed',
      details: { expected: 72, found: 71 },
    });
  });

  it('cannot be opened when its manifest is not one', async () => {
    const { id } = await storeDataset(store, fields, pixels);
    await store.write(`datasets/${id}/manifest.json`, new TextEncoder().encode('{"id":"x"}'));
    await expect(openDataset(store, id)).rejects.toMatchObject({ code: 'storage-failed' });
  });
});

describe('a dataset whose manifest cannot be read', () => {
  it('is kept and warned of, hides no other one, and is written anew when it is stored again', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const broken = await storeDataset(store, fields, pixels);
    const whole = await storeDataset(store, { ...fields, classNames: ['c', 'd'] }, pixels);
    await store.write(`datasets/${broken.id}/manifest.json`, new TextEncoder().encode('{'));
    expect(await listDatasets(store)).toEqual([whole]);
    expect(warn).toHaveBeenCalledOnce();
    expect(await store.list('datasets')).toContain(broken.id);
    await storeDataset(store, fields, pixels);
    expect(await listDatasets(store)).toHaveLength(2);
    warn.mockRestore();
  });
});

describe('writing that is cut off', () => {
  it('leaves no half dataset: without a manifest, the next listing removes it', async () => {
    await store.write('datasets/0123456789ab/images.u8', pixels);
    const kept = await storeDataset(store, fields, pixels);
    expect(await listDatasets(store)).toEqual([kept]);
    expect(await store.list('datasets')).toEqual([kept.id]);
  });

  it('is told from writing that is under way', async () => {
    const writer = await createDatasetWriter(store, datasetId('0123456789ab'));
    writer.append(pixels);
    expect(await listDatasets(store)).toEqual([]);
    expect(await store.list('datasets')).toEqual(['0123456789ab']);
    await writer.abort();
    expect(await store.list('datasets')).toEqual([]);
  });

  it('by a full disk names it and cleans up', async () => {
    const full: FileStore = {
      ...store,
      write: () =>
        Promise.reject(new LabError({ code: 'quota-exceeded', message: 'Full.', hint: 'Delete something.' })),
    };
    await expect(storeDataset(full, fields, pixels)).rejects.toMatchObject({ code: 'quota-exceeded' });
    expect(await store.list('datasets')).toEqual([]);
  });
});
