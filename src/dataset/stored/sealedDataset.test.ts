import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../../artifacts/fileStore';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { makeTestFields } from '../../testing/dataset/makeTestFields';
import { datasetPaths } from './datasetPaths';
import { listDatasets } from './listDatasets';
import { readManifest } from './readManifest';
import { storeDataset } from './storeDataset';

let store: FileStore;
beforeEach(() => {
  store = createMemoryFileStore();
});

async function storeOne() {
  return storeDataset(store, makeTestFields(6, 2), new Uint8Array(6 * 2 * 2 * 3));
}

describe('a stored manifest', () => {
  it('names any bit that flips in it, and is listed as unreadable then', async () => {
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
    const { datasets, unreadable } = await listDatasets(store);
    expect([datasets.length, unreadable.map((dataset) => dataset.id)]).toEqual([0, [id]]);
  });

  it('of an earlier version, without a checksum, opens as it is', async () => {
    const manifest = await storeOne();
    await store.write(datasetPaths(manifest.id).manifest, new TextEncoder().encode(JSON.stringify(manifest)));
    expect(await readManifest(store, manifest.id)).toEqual(manifest);
  });
});
