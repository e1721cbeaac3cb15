import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileStore } from '../artifacts/fileStore';
import { openFolderFileStore } from '../artifacts/folder/folderFileStore';
import type { EngineHost } from '../engine/engineHost';
import { Workspace } from '../engine/workspace';
import { fillModels, fillRunsAndDatasets, stored } from './fillInventory';
import { type BenchRow, median } from './readRow';

/** The name by which `--only` finds these rows. */
export const inventoryCaseName = `inventory of ${stored.models} models`;

const mostMs = 50;

/**
 * Lists what lies in a folder of this machine: models alone, ten of them ResNet-18, then with runs and datasets beside them. The
 * median times, over 50 ms; the bar is for the models.
 */
export async function inventoryRows(reps: number): Promise<{ timesMs: Record<string, number[]>; rows: BenchRow[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-bench-'));
  try {
    const store = await openFolderFileStore(folder);
    await fillModels(store);
    const models = await timeInventory(store, [stored.models, 0, 0], reps);
    await fillRunsAndDatasets(store);
    const all = await timeInventory(store, [stored.models, stored.runs, stored.datasets], reps);
    const ratio = median(models.timesMs) / mostMs;
    const more = `${inventoryCaseName}, ${stored.runs} runs and ${stored.datasets} datasets`;
    return {
      timesMs: { models: models.timesMs, all: all.timesMs },
      rows: [
        { name: inWords(inventoryCaseName, models.bytes), ratio, bar: { atMost: 1 }, ok: ratio <= 1 },
        { name: inWords(more, all.bytes), ratio: median(all.timesMs) / mostMs, bar: null, ok: null },
      ],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param due how many models, runs and datasets must be listed */
async function timeInventory(store: FileStore, due: number[], reps: number) {
  const workspace = new Workspace({ store } as EngineHost);
  const timesMs: number[] = [];
  let bytes = 0;
  for (let turn = 0; turn <= reps; turn++) {
    const startMs = performance.now();
    const inventory = await workspace.inventory();
    // The first turn is not measured, as in every case.
    if (turn > 0) timesMs.push(performance.now() - startMs);
    const counts = [inventory.models, inventory.runs, inventory.datasets].map(({ length }) => length);
    if (counts.join() !== due.join()) throw new Error(`${counts.join(', ')} models, runs and datasets were listed.`);
    bytes = JSON.stringify(inventory).length;
  }
  return { timesMs, bytes };
}

function inWords(name: string, bytes: number): string {
  return `${name} (${Math.round(bytes / 1024)} KiB posted) / ${mostMs} ms, Node`;
}
