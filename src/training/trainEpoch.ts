import {
  add,
  keep,
  type Scalar,
  scalar,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import { readBatch } from '../dataset/batches/readBatch';
import type { Dataset } from '../dataset/stored/dataset';
import type { JobContext } from '../foundation/jobContext';
import { createRandom, type Random } from '../foundation/random';
import { forwardFrozen, forwardTraining } from '../model/forwardTraining';
import type { LabModel } from '../model/labModel';
import { takesGroup } from '../model/network/groupInput';
import { sampleEpoch } from './sampleEpoch';
import type { Trainee } from './trainee';
import { type LossInput, theModel } from './trainingPlan';
import type { TrainSettings } from './trainSettings';
import { type StepWork, trainStep } from './trainStep';

/** What every epoch of a training works with. */
export interface EpochWork extends StepWork {
  model: LabModel;
  dataset: Dataset;
  /** Positions of the training samples in the dataset. */
  trainSplit: ArrayLike<number>;
  settings: TrainSettings;
  /** Frozen network that the losses compare with; null where the plan has none. */
  teacher: LabModel | null;
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
      const place = { epoch, share: (batch + 1) / batchCount };
      const previous = lossSum;
      lossSum = keep(tidy(() => add(previous, trainStep(work, prepareLossInput(work, indices, streams), place))));
      previous.dispose();
      context.report(batch + 1, batchCount, 'batches');
    }
    return (await lossSum.data())[0]! / batchCount;
  } finally {
    lossSum.dispose();
  }
}

/** Reads a batch; what comes of it makes a fresh forward pass each time, so that it can be differentiated. */
function prepareLossInput(work: EpochWork, indices: Int32Array, streams: Streams): () => LossInput {
  const { model, dataset, settings, teacher, trainees } = work;
  const { labels, groups } = dataset.manifest.samples;
  const images = readBatch(dataset, indices, model.preprocessing, {
    settings: settings.augmentation,
    random: streams.augmentation,
  });
  const dropout = { rate: settings.dropout, seed: streams.dropout.integer(2 ** 31) };
  const known = {
    labels: pick(labels, indices),
    groups: pick(groups, indices),
    classCount: model.classNames.length,
    groupCount: dataset.manifest.groupNames.length,
    labelSmoothing: settings.labelSmoothing,
    companions: companionCalls(trainees),
    teacher: teacher && forwardFrozen(teacher, inputOf(teacher, images, pick(groups, indices))),
  };
  const input = inputOf(model, images, known.groups);
  return () => ({ ...forwardTraining(model, input, dropout), ...known });
}

function inputOf(model: LabModel, images: Tensor4D, groups: Tensor1D) {
  return { images, groups: takesGroup(model.network) ? groups : null };
}

function pick(values: readonly number[], indices: Int32Array): Tensor1D {
  return tensor1d(
    Int32Array.from(indices, (index) => values[index]!),
    'int32',
  );
}

function companionCalls(trainees: readonly Trainee[]): LossInput['companions'] {
  const calls = trainees
    .filter(({ name }) => name !== theModel)
    .map(({ name, network }) => [name, (values: Tensor) => network.apply(values, { training: true })] as const);
  return Object.fromEntries(calls) as LossInput['companions'];
}
