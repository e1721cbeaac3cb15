import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSplitSettings } from '../../dataset/split/splitSettings';
import { listFiles } from '../../engine/node/listFiles';
import { openNodeEngine } from '../../engine/node/openNodeEngine';

/** How long Node takes for what the page does with a folder, in ms. */
export interface ImportTimes {
  /** To list the files and read the tables among them. */
  inspectMs: number;
  /** From the answer to the stored dataset. */
  importMs: number;
}

/** Imports a folder in this process as its tables suggest, into a store of its own that is deleted again. */
export async function importInNode(folder: string, imageSize: number): Promise<ImportTimes> {
  const store = await mkdtemp(join(tmpdir(), 'lab-bench-import-'));
  try {
    const { engine } = await openNodeEngine({ backend: 'wasm', store });
    const startMs = performance.now();
    const files = await listFiles([folder]);
    const { suggestion } = await engine.start('inspectFiles', { files }).result;
    if (!suggestion) throw new Error(`The tables in ${folder} suggest no mapping.`);
    const inspectedMs = performance.now();
    const { join: plan, mapping } = suggestion;
    const params = { name: folder, files, join: plan, mapping, imageSize, split: defaultSplitSettings };
    await engine.start('importFiles', params).result;
    const times = { inspectMs: inspectedMs - startMs, importMs: performance.now() - inspectedMs };
    engine.dispose();
    return times;
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}
