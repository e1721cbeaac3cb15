import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { writeArtifact } from '../artifacts/artifact';
import type { FileStore } from '../artifacts/fileStore';
import { completeManifest } from '../dataset/stored/storeDataset';
import { writeDataset } from '../dataset/stored/writeDataset';
import { datasetId, imageSetId, modelId, runId } from '../foundation/ids';
import { buildArchitecture } from '../model/architectures/buildArchitecture';
import { disposeModel } from '../model/disposeModel';
import type { ArchitectureName } from '../model/labModel';
import { modelArtifact, modelFolder } from '../model/modelStore';
import type { ModelSummary } from '../model/modelSummary';
import { summarizeModel } from '../model/summarizeModel';
import { keepRecord } from '../recipe/runArchive';
import type { RoundRecord, RunRecord } from '../recipe/runRecord';
import { makeTestFields } from '../testing/dataset/makeTestFields';
import { fullRecord } from '../testing/fullRecord';

/** What a well-used store holds: models of which some are ResNet-18, runs of three arms and five rounds, demo-sized datasets. */
export const stored = { models: 100, large: 10, runs: 30, datasets: 10 };

const arms: readonly string[] = ['snnl', 'random', 'fine-tune-only'];
const rounds = [1, 2, 3, 4, 5];
const sampleCount = 2400;
const validationCount = 480;
const channelCount = 128;

/** Adds runs and datasets to a store. No list opens a body: no pixels are there. */
export async function fillRunsAndDatasets(store: FileStore): Promise<void> {
  const record = largeRecord();
  for (let index = 0; index < stored.runs; index++) {
    await keepRecord(store, null, { ...record, id: runId(`run-${index}`) });
  }
  for (let index = 0; index < stored.datasets; index++) {
    const imageIndices = Array.from({ length: sampleCount }, (_, image) => image);
    const ids = { id: datasetId(`dataset-${index}`), imageSetId: imageSetId(`set-${index}`), imageIndices };
    await writeDataset(store, await completeManifest(makeTestFields(sampleCount, 64), ids));
  }
}

/** Adds models to a store. No list opens a body: a byte stands for the weights. */
export async function fillModels(store: FileStore): Promise<void> {
  // The networks are built, and nothing is computed.
  await setBackend('cpu');
  const [large, small] = [summaryOf('resnet18'), summaryOf('small-cnn')];
  for (let index = 0; index < stored.models; index++) {
    const id = modelId(`model-${index}`);
    const summary: ModelSummary = { ...(index < stored.large ? large : small), id };
    const body = { name: 'weights.bin', bytes: new Uint8Array(1) };
    await writeArtifact(store, modelFolder(id), modelArtifact, summary, [body]);
  }
}

/** The hand-made run with as many arms, rounds, channels and predictions as one of the demo. */
function largeRecord(): RunRecord {
  const record = fullRecord();
  const [pattern] = record.arms[0]!.rounds;
  const grown = (arm: string, round: number): RoundRecord => ({
    ...pattern!,
    round,
    modelId: modelId(`run~${arm}~${round}`),
    evaluation: { ...pattern!.evaluation, predicted: Array.from({ length: validationCount }, (_, index) => index % 2) },
    scoresAfter: {
      ...pattern!.scoresAfter,
      scores: Array.from({ length: channelCount }, (_, channel) => Math.sin(channel + round)),
      standardErrors: Array.from({ length: channelCount }, (_, channel) => Math.cos(channel + round)),
      temperatures: Array.from({ length: channelCount }, () => 2),
      originalChannels: Array.from({ length: channelCount }, (_, channel) => channel),
    },
  });
  return {
    ...record,
    config: { ...record.config, arms: [...arms] },
    arms: arms.map((arm) => ({ arm, stop: null, chosenRound: 3, rounds: rounds.map((round) => grown(arm, round)) })),
  };
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
