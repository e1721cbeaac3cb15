import { add, keep, type Scalar, scalar, tensor1d, tidy, type Variable, variableGrads } from '@tensorflow/tfjs-core';
import { type Dataset, splitIndices } from '../dataset/dataset';
import { readBatch } from '../dataset/readBatch';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { createRandom, type Random } from '../foundation/random';
import { forwardTraining } from '../model/forwardTraining';
import type { LabModel } from '../model/labModel';
import { learningRateAt } from './learningRateAt';
import { createOptimizer } from './optimizers/createOptimizer';
import { predictDataset } from './predictDataset';
import { sampleEpoch } from './sampleEpoch';
import type { TrainingLoss } from './trainingLoss';
import type { EpochRecord, TrainSettings } from './trainSettings';

export interface TrainRequest {
  /** Trained in place. */
  model: LabModel;
  dataset: Dataset;
  settings: TrainSettings;
  loss: TrainingLoss;
  /** Decides sampling and augmentation. */
  seed: number;
}

/** Share of an epoch's time that the look at the validation split takes, for the progress bar. */
const validationShare = 0.1;

/**
 * Trains a model on the training split and looks at the validation split after every epoch.
 *
 * Sampling and augmentation have random streams of their own, both opened per epoch, so that epoch e is the same
 * whatever came before it. On WASM the same seed gives the same weights, bit for bit.
 *
 * @param onEpoch called after every epoch
 * @returns one record per epoch
 * @throws LabError `training-diverged` when the loss is no longer a number; `cancelled`
 */
export async function trainModel(
  request: TrainRequest,
  context: JobContext,
  onEpoch?: (record: EpochRecord) => void,
): Promise<EpochRecord[]> {
  const { model, dataset, settings } = request;
  const trainSplit = splitIndices(dataset.manifest, 'train');
  const validationSplit = splitIndices(dataset.manifest, 'validation');
  const optimizer = createOptimizer(settings.optimizer);
  const weights = trainableVariables(model);
  const history: EpochRecord[] = [];
  try {
    for (let epoch = 1; epoch <= settings.epochs; epoch++) {
      const span = [(epoch - 1) / settings.epochs, epoch / settings.epochs] as const;
      const split = span[1] - (span[1] - span[0]) * validationShare;
      const stage = `Epoch ${epoch} of ${settings.epochs}`;
      const learningRate = learningRateAt(settings, epoch);
      const order = sampleEpoch(
        settings.sampler,
        trainSplit,
        dataset.manifest.samples.labels,
        createRandom(request.seed, 'sampler', epoch),
      );
      const trainLoss = await trainEpoch(order, createRandom(request.seed, 'augmentation', epoch), {
        ...request,
        weights,
        update: (gradients) => optimizer.step(weights, gradients, learningRate),
        context: context.part(stage, span[0], split),
      });
      if (!Number.isFinite(trainLoss)) throw diverged(epoch, learningRate);
      const validation = await predictDataset(
        model,
        dataset,
        validationSplit,
        context.part(`${stage} · validation`, split, span[1]),
      );
      if (!Number.isFinite(validation.loss)) throw diverged(epoch, learningRate);
      const record: EpochRecord = {
        epoch,
        learningRate,
        trainLoss,
        validationLoss: validation.loss,
        validationAccuracy: validation.accuracy,
      };
      history.push(record);
      onEpoch?.(record);
    }
    return history;
  } finally {
    optimizer.dispose();
  }
}

interface EpochRun extends TrainRequest {
  weights: Record<string, Variable>;
  update(gradients: ReturnType<typeof variableGrads>['grads']): void;
  context: JobContext;
}

/** One pass over `order`. Returns the mean of the batches' losses; only that one number is read from the device. */
async function trainEpoch(order: Int32Array, random: Random, run: EpochRun): Promise<number> {
  const { batchSize } = run.settings;
  const batchCount = Math.ceil(order.length / batchSize);
  let lossSum: Scalar = keep(scalar(0));
  try {
    for (let batch = 0; batch < batchCount; batch++) {
      await run.context.breathe();
      const indices = order.subarray(batch * batchSize, (batch + 1) * batchSize);
      const previous = lossSum;
      lossSum = keep(tidy(() => add(previous, trainStep(indices, random, run))));
      previous.dispose();
      run.context.report(batch + 1, batchCount, 'batches');
    }
    return (await lossSum.data())[0]! / batchCount;
  } finally {
    lossSum.dispose();
  }
}

/** Forward, backward and update on one batch. Returns its loss. */
function trainStep(indices: Int32Array, random: Random, run: EpochRun): Scalar {
  const { model, dataset, settings } = run;
  const { labels, groups } = dataset.manifest.samples;
  const pick = (values: number[]) =>
    tensor1d(
      Int32Array.from(indices, (index) => values[index]!),
      'int32',
    );
  const images = readBatch(dataset, indices, model.preprocessing, { settings: settings.augmentation, random });
  const { value, grads } = variableGrads(
    () =>
      run.loss({
        ...forwardTraining(model, images),
        labels: pick(labels),
        groups: pick(groups),
        classCount: model.classNames.length,
      }),
    Object.values(run.weights),
  );
  run.update(grads);
  return value;
}

/** The model's trainable weights by variable name. */
function trainableVariables(model: LabModel): Record<string, Variable> {
  const variables = model.network.trainableWeights.map((weight) => weight.read() as Variable);
  return Object.fromEntries(variables.map((variable) => [variable.name, variable]));
}

function diverged(epoch: number, learningRate: number): LabError {
  return new LabError({
    code: 'training-diverged',
    stage: `Epoch ${epoch}`,
    message: `The loss is no longer a number after epoch ${epoch} (learning rate ${learningRate}).`,
    hint: 'Lower the learning rate, for example to a tenth, and train again from the last finished round.',
    details: { epoch, learningRate },
  });
}
