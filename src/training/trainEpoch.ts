import {
  add,
  dispose,
  keep,
  type NamedTensorMap,
  type Scalar,
  scalar,
  tensor1d,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { readBatch } from '../dataset/batches/readBatch';
import type { Dataset } from '../dataset/stored/dataset';
import type { JobContext } from '../foundation/jobContext';
import { createRandom, type Random } from '../foundation/random';
import { forwardTraining } from '../model/forwardTraining';
import type { LabModel } from '../model/labModel';
import { clipGradients } from './clipGradients';
import { learningRateAt } from './learningRateAt';
import type { Optimizer } from './optimizers/optimizer';
import { sampleEpoch } from './sampleEpoch';
import type { SilencedGradients } from './silenceGradients';
import type { TrainingLoss } from './trainingLoss';
import type { TrainSettings } from './trainSettings';

/** What every epoch of a training works with. */
export interface EpochWork {
  model: LabModel;
  dataset: Dataset;
  /** Positions of the training samples in the dataset. */
  trainSplit: ArrayLike<number>;
  settings: TrainSettings;
  loss: TrainingLoss;
  optimizer: Optimizer;
  /** The model's trainable weights by variable name. */
  weights: Record<string, Variable>;
  /** Keeps what masks have silenced at zero. */
  silence: SilencedGradients;
  seed: number;
}

/** One stream for each purpose, opened in every epoch: epoch e draws the same whatever came before it. */
interface Streams {
  augmentation: Random;
  dropout: Random;
}

/**
 * One pass over the training split.
 *
 * @param epoch 1, 2, 3, …
 * @returns the mean of the batches' losses, the only number that is read from the device; null when the pass was broken
 *   off because the job is to finish now
 */
export async function trainEpoch(work: EpochWork, epoch: number, context: JobContext): Promise<number | null> {
  const { dataset, settings, seed } = work;
  const { samples } = dataset.manifest;
  const order = sampleEpoch(settings.sampler, work.trainSplit, samples, createRandom(seed, 'sampler', epoch));
  const streams = {
    augmentation: createRandom(seed, 'augmentation', epoch),
    dropout: createRandom(seed, 'dropout', epoch),
  };
  const batchCount = Math.ceil(order.length / settings.batchSize);
  let lossSum: Scalar = keep(scalar(0));
  try {
    for (let batch = 0; batch < batchCount; batch++) {
      await context.breathe();
      if (context.isFinishing()) return null;
      const indices = order.subarray(batch * settings.batchSize, (batch + 1) * settings.batchSize);
      const learningRate = learningRateAt(settings, epoch, (batch + 1) / batchCount);
      const previous = lossSum;
      lossSum = keep(tidy(() => add(previous, trainStep(work, indices, streams, learningRate))));
      previous.dispose();
      context.report(batch + 1, batchCount, 'batches');
    }
    return (await lossSum.data())[0]! / batchCount;
  } finally {
    lossSum.dispose();
  }
}

/** Forward, backward and update on one batch. Returns its loss. */
function trainStep(work: EpochWork, indices: Int32Array, streams: Streams, learningRate: number): Scalar {
  const { model, dataset, settings, weights } = work;
  const { labels, groups } = dataset.manifest.samples;
  const pick = (values: number[]) =>
    tensor1d(
      Int32Array.from(indices, (index) => values[index]!),
      'int32',
    );
  const images = readBatch(dataset, indices, model.preprocessing, {
    settings: settings.augmentation,
    random: streams.augmentation,
  });
  const dropout = { rate: settings.dropout, seed: streams.dropout.integer(2 ** 31) };
  const { value, grads } = variableGrads(
    () =>
      work.loss({
        ...forwardTraining(model, images, dropout),
        labels: pick(labels),
        groups: pick(groups),
        classCount: model.classNames.length,
        labelSmoothing: settings.labelSmoothing,
      }),
    Object.values(weights),
  );
  updateWeights(work, grads, learningRate);
  return value;
}

function updateWeights(
  { settings, optimizer, weights, silence }: EpochWork,
  allGrads: NamedTensorMap,
  learningRate: number,
): void {
  const grads = silence.apply(allGrads);
  if (settings.gradientClipping === null) {
    optimizer.step(weights, grads, learningRate);
    return;
  }
  const clipped = clipGradients(grads, settings.gradientClipping);
  optimizer.step(weights, clipped, learningRate);
  dispose(clipped);
}
