import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { generateDemo } from '../dataset/demo/generateDemo';
import type { Dataset } from '../dataset/stored/dataset';
import { completeManifest } from '../dataset/stored/storeDataset';
import { createSilentContext } from '../foundation/createJobControl';
import { datasetId, imageSetId, modelId, runId } from '../foundation/ids';
import { buildArchitecture } from '../model/architectures/buildArchitecture';
import { loadModel, saveModel } from '../model/modelStore';
import { openPredictionShelf } from '../recipe/predictionArchive';
import type { RecipeBench } from '../recipe/recipeBench';
import type { RunEvent } from '../recipe/runEvents';
import { checkpointSlot } from '../training/checkpointSlot';

const imageSize = 16;

/** A bench with what was kept on it, in the order in which it was. */
export interface DemoBench extends RecipeBench {
  keptModels: string[];
  noted: RunEvent[];
}

/** A bench in memory for the smallest run there is: 120 demo images of 16 pixels, and an untrained net an eighth wide. */
export async function createDemoBench(): Promise<DemoBench> {
  const dataset = await demoInMemory();
  const { classNames } = dataset.manifest;
  const unpruned = buildArchitecture(
    { name: 'small-cnn', imageSize, classCount: classNames.length, widthMultiplier: 0.125, seed: 1 },
    {
      id: modelId('unpruned'),
      name: 'tiny',
      classNames,
      preprocessing: { imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    },
  );
  const store = createMemoryFileStore();
  const keptModels: string[] = [];
  const noted: RunEvent[] = [];
  return {
    dataset,
    unpruned,
    keptModels,
    teacher: null,
    noted,
    async saveModel(model) {
      keptModels.push(model.id);
      await saveModel(store, model);
    },
    loadModel: (id) => loadModel(store, id),
    predictions: openPredictionShelf(store, runId('tiny')),
    checkpointSlot: (run, arm, round) => checkpointSlot(store, `${run}/${arm}~${round}`),
    async note(event) {
      noted.push(event);
    },
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
      const batch = new Uint8Array(indices.length * bytesPerImage);
      for (let i = 0; i < indices.length; i++) {
        const start = indices[i]! * bytesPerImage;
        batch.set(pixels.subarray(start, start + bytesPerImage), i * bytesPerImage);
      }
      return batch;
    },
  };
}
