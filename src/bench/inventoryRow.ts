import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { writeArtifact } from '../artifacts/artifact';
import type { FileStore } from '../artifacts/fileStore';
import { openFolderFileStore } from '../artifacts/folder/folderFileStore';
import { modelId } from '../foundation/ids';
import { buildArchitecture } from '../model/architectures/buildArchitecture';
import { disposeModel } from '../model/disposeModel';
import type { ArchitectureName } from '../model/labModel';
import { listModels, modelArtifact, modelFolder } from '../model/modelStore';
import type { ModelSummary } from '../model/modelSummary';
import { summarizeModel } from '../model/summarizeModel';
import { type BenchRow, median } from './readRow';

/** The name by which `--only` finds this row. */
export const inventoryCaseName = 'inventory of 100 stored models';

const modelCount = 100;
const largeCount = 10;
const mostMs = 50;

/** Lists 100 models that lie in a folder of this machine, ten of them ResNet-18: the median time, over 50 ms. */
export async function inventoryRow(reps: number): Promise<{ timesMs: number[]; row: BenchRow }> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-bench-'));
  try {
    const store = await openFolderFileStore(folder);
    await fillStore(store);
    const timesMs: number[] = [];
    for (let turn = 0; turn <= reps; turn++) {
      const startMs = performance.now();
      const { models } = await listModels(store);
      if (models.length !== modelCount)
        throw new Error(`${models.length} models were listed instead of ${modelCount}.`);
      // The first turn is not measured, as in every case.
      if (turn > 0) timesMs.push(performance.now() - startMs);
    }
    const ratio = median(timesMs) / mostMs;
    const name = `${inventoryCaseName}, ${largeCount} of them ResNet-18 / ${mostMs} ms, Node`;
    return { timesMs, row: { name, ratio, bar: { atMost: 1 }, ok: ratio <= 1 } };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Heads of real models; listing opens no body, so that a byte stands for the weights. */
async function fillStore(store: FileStore): Promise<void> {
  const [large, small] = [summaryOf('resnet18'), summaryOf('small-cnn')];
  for (let index = 0; index < modelCount; index++) {
    const id = modelId(`model-${index}`);
    const summary: ModelSummary = { ...(index < largeCount ? large : small), id };
    await writeArtifact(store, modelFolder(id), modelArtifact, summary, [
      { name: 'weights.bin', bytes: new Uint8Array(1) },
    ]);
  }
}

function summaryOf(name: ArchitectureName): ModelSummary {
  const imageSize = 64;
  const model = buildArchitecture(
    { name, imageSize, classCount: 5, widthMultiplier: 1, seed: 1 },
    {
      id: modelId('any'),
      name,
      classNames: ['a', 'b', 'c', 'd', 'e'],
      preprocessing: { imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    },
  );
  try {
    return summarizeModel(model, { batchSize: 64 });
  } finally {
    disposeModel(model);
  }
}
