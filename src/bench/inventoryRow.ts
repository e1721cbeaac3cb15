import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolderFileStore } from '../artifacts/folder/folderFileStore';
import type { EngineHost } from '../engine/engineHost';
import { Workspace } from '../engine/workspace';
import { fillInventory, stored } from './fillInventory';
import { type BenchRow, median } from './readRow';

/** The name by which `--only` finds this row. */
export const inventoryCaseName = `inventory of ${stored.models} models, ${stored.runs} runs and ${stored.datasets} datasets`;

const mostMs = 50;

/** Lists what lies in a folder of this machine, ten models of it ResNet-18: the median time, over 50 ms. */
export async function inventoryRow(reps: number): Promise<{ timesMs: number[]; row: BenchRow }> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-bench-'));
  try {
    const store = await openFolderFileStore(folder);
    await fillInventory(store);
    const workspace = new Workspace({ store } as EngineHost);
    const timesMs: number[] = [];
    let bytes = 0;
    for (let turn = 0; turn <= reps; turn++) {
      const startMs = performance.now();
      const { models, runs, datasets, ...rest } = await workspace.inventory();
      // The first turn is not measured, as in every case.
      if (turn > 0) timesMs.push(performance.now() - startMs);
      const counts = [models.length, runs.length, datasets.length];
      if (counts.join() !== [stored.models, stored.runs, stored.datasets].join()) {
        throw new Error(`${counts.join(', ')} models, runs and datasets were listed.`);
      }
      bytes = JSON.stringify({ models, runs, datasets, ...rest }).length;
    }
    const ratio = median(timesMs) / mostMs;
    const name = `${inventoryCaseName} (${Math.round(bytes / 1024)} KiB posted) / ${mostMs} ms, Node`;
    return { timesMs, row: { name, ratio, bar: { atMost: 1 }, ok: ratio <= 1 } };
  } finally {
    await rm(folder, { recursive: true });
  }
}
