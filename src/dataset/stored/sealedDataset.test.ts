import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../artifacts/fileStore';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { makeTestFields } from '../../testing/dataset/makeTestFields';
import { atEveryOperation, faults } from '../../testing/faultyFileStore';
import { watchReads } from '../../testing/watchReads';
import { datasetPaths } from './datasetPaths';
import { deleteDataset } from './deleteDataset';
import { listDatasets } from './listDatasets';
import { openDataset } from './openDataset';
import { readManifest } from './readManifest';
import { storeDataset } from './storeDataset';

let store: FileStore;
beforeEach(() => {
  store = createMemoryFileStore();
});

async function storeOne(into = store) {
  return storeDataset(into, makeTestFields(6, 2), new Uint8Array(6 * 2 * 2 * 3));
}

const headOf = (id: string) => `${datasetPaths(id).folder}/head.json`;

describe('a stored manifest', () => {
  it('names any bit that flips in it when it is read, and is listed as unreadable from then on', async () => {
    const { id } = await storeOne();
    const path = datasetPaths(id).manifest;
    const whole = (await store.read(path))!;
    for (let at = 0; at < whole.length; at += 7) {
      const rotten = whole.slice();
      rotten[at]! ^= 2;
      await store.write(path, rotten);
      const code = at < 11 ? 'storage-failed' : 'artifact-damaged';
      await expect(readManifest(store, id)).rejects.toMatchObject({ code });
    }
    await expect(openDataset(store, id)).rejects.toMatchObject({ code: 'artifact-damaged' });
    const { datasets, unreadable } = await listDatasets(store);
    expect([datasets.length, unreadable.map((dataset) => dataset.id)]).toEqual([0, [id]]);
  });

  it('that is missing or cut is listed as unreadable at once, is kept and can be deleted', async () => {
    const { id } = await storeOne();
    const { manifest: path, folder } = datasetPaths(id);
    const whole = (await store.read(path))!;
    for (const spoil of [() => store.remove(path), () => store.write(path, whole.slice(0, 99))]) {
      await spoil();
      const { datasets, unreadable } = await listDatasets(store);
      expect([datasets, unreadable]).toMatchObject([[], [{ id, reason: expect.stringContaining(path) }]]);
    }
    await deleteDataset(store, id);
    expect(await store.list(folder)).toEqual([]);
  });

  it('of an earlier version, without a checksum, opens as it is', async () => {
    const manifest = await storeOne();
    await store.write(datasetPaths(manifest.id).manifest, new TextEncoder().encode(JSON.stringify(manifest)));
    expect(await readManifest(store, manifest.id)).toEqual(manifest);
  });
});

describe('the head of a dataset', () => {
  it('is all that a list reads', async () => {
    const { id, imageSetId } = await storeOne();
    const { watched, read } = watchReads(store);
    const { datasets } = await listDatasets(watched);
    expect(read).toEqual([headOf(id)]);
    expect(datasets).toMatchObject([{ id, imageSetId, imageSize: 2, imageCount: 6 }]);
    expect(JSON.stringify(datasets)).not.toContain('samples');
  });

  it('is made once for a dataset of an earlier version, and again when it is damaged', async () => {
    const { id } = await storeOne();
    const { datasets } = await listDatasets(store);
    for (const spoil of [() => store.remove(headOf(id)), () => store.write(headOf(id), new Uint8Array(9))]) {
      await spoil();
      expect((await listDatasets(store)).datasets).toEqual(datasets);
      const { watched, read } = watchReads(store);
      expect((await listDatasets(watched)).datasets).toEqual(datasets);
      expect(read).toEqual([headOf(id)]);
    }
  });

  it.each(faults)(
    'that cannot be made for the fault "%s" costs nothing: the manifest stays and is listed',
    async (fault) => {
      await atEveryOperation(fault, async (breakStore) => {
        const below = createMemoryFileStore();
        const { id } = await storeOne(below);
        await below.remove(headOf(id));
        await listDatasets(breakStore(below)).catch(() => undefined);
        expect(await listDatasets(below)).toMatchObject({ datasets: [{ id, imageCount: 6 }], unreadable: [] });
        (await openDataset(below, id)).close();
      });
    },
  );

  it.each(faults)('is never that of another manifest, whatever write meets the fault "%s"', async (fault) => {
    await atEveryOperation(fault, async (breakStore) => {
      const below = createMemoryFileStore();
      const { id } = await storeOne(below);
      // Its images are missing: it is stored again, under a name of the same length.
      await below.remove('imagesets');
      const again = { ...makeTestFields(6, 2), name: 'made uq' };
      await storeDataset(breakStore(below), again, new Uint8Array(6 * 2 * 2 * 3)).catch(() => undefined);
      const manifest = await readManifest(below, id);
      expect((await listDatasets(below)).datasets.map(({ name }) => name)).toEqual([manifest!.name]);
    });
  });
});
