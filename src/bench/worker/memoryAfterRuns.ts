import { memory } from '@tensorflow/tfjs-core';
import { createMemoryFileStore } from '../../artifacts/memoryFileStore';
import { generateDemo } from '../../dataset/demo/generateDemo';
import type { Dataset } from '../../dataset/stored/dataset';
import { completeManifest } from '../../dataset/stored/storeDataset';
import { createSilentContext } from '../../foundation/createJobControl';
import { datasetId, imageSetId, modelId, runId } from '../../foundation/ids';
import { subjectImportance } from '../../importance/importances';
import { buildArchitecture } from '../../model/architectures/buildArchitecture';
import { loadModel, saveModel } from '../../model/modelStore';
import { openRun } from '../../recipe/openRun';
import { openPredictionShelf } from '../../recipe/predictionArchive';
import type { RecipeBench } from '../../recipe/recipeBench';
import { defaultRunConfig, type RunConfig } from '../../recipe/runConfig';
import { runRecipe } from '../../recipe/runRecipe';
import { checkpointSlot } from '../../training/checkpointSlot';
import type { TensorMemory } from './benchProtocol';

const imageSize = 16;
const environment = {
  backend: 'wasm',
  device: 'bench',
  reason: 'bench',
  labVersion: '',
  tfjsVersion: '',
  memory: { bytes: 4_294_901_760, tensorBytes: null },
  selfTest: null,
} as const;

/**
 * Whether runs leave something behind: runs the recipe (score, prune, fine-tune, evaluate) on 120 demo images of 16
 * pixels and a net a quarter wide, once for each number of rounds, from the same unpruned model.
 * @returns what is alive after each run
 */
export async function memoryAfterRuns(rounds: number[]): Promise<TensorMemory[]> {
  const bench = await memoryBench();
  const left: TensorMemory[] = [];
  for (const count of rounds) {
    const config: RunConfig = {
      ...defaultRunConfig,
      pruning: { ...defaultRunConfig.pruning, ratio: 0.1, rounds: count },
      arms: [subjectImportance.id],
      statistics: { ...defaultRunConfig.statistics, replicates: 0, permutations: 0 },
    };
    const newRun = { id: runId(`of-${count}`), config, environment, now: new Date().toISOString() };
    const { record } = await openRun(newRun, bench, createSilentContext());
    await runRecipe(record, bench, createSilentContext());
    const { numTensors, numBytes } = memory();
    left.push({ tensors: numTensors, bytes: numBytes });
  }
  return left;
}

async function memoryBench(): Promise<RecipeBench> {
  const dataset = await demoInMemory();
  const { classNames } = dataset.manifest;
  const unpruned = buildArchitecture(
    { name: 'small-cnn', imageSize, classCount: classNames.length, widthMultiplier: 0.25, seed: 1 },
    {
      id: modelId('unpruned'),
      name: 'unpruned',
      classNames,
      preprocessing: { imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    },
  );
  const store = createMemoryFileStore();
  return {
    dataset,
    unpruned,
    teacher: null,
    saveModel: (model) => saveModel(store, model),
    loadModel: (id) => loadModel(store, id),
    predictions: openPredictionShelf(store, runId('bench')),
    checkpointSlot: (run, arm, round) => checkpointSlot(store, `${run}/${arm}~${round}`),
    note: async () => undefined,
  };
}

async function demoInMemory(): Promise<Dataset> {
  const { fields, pixels } = await generateDemo({ bias: 1, count: 120, imageSize, seed: 5 }, createSilentContext());
  const bytesPerImage = imageSize * imageSize * 3;
  return {
    manifest: await completeManifest(fields, {
      id: datasetId('demo'),
      imageSetId: imageSetId('demo'),
      imageIndices: fields.samples.names.map((_, index) => index),
    }),
    readPixels(indices) {
      const images = Array.from(indices, (index) =>
        pixels.subarray(index * bytesPerImage, (index + 1) * bytesPerImage),
      );
      const batch = new Uint8Array(images.length * bytesPerImage);
      images.forEach((image, position) => {
        batch.set(image, position * bytesPerImage);
      });
      return batch;
    },
  };
}
