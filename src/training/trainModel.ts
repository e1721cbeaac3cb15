import { type Dataset, splitIndices } from '../dataset/stored/dataset';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import type { LabModel } from '../model/labModel';
import { findTrainingWarning } from './findTrainingWarning';
import { learningRateAt } from './learningRateAt';
import { readWeights, writeWeights } from './networkWeights';
import { type DatasetPrediction, predictDataset } from './predictDataset';
import { silenceGradients } from './silenceGradients';
import { type EpochWork, trainEpoch } from './trainEpoch';
import { createTrainees, disposeTrainees, readCompanions, restoreCompanions } from './trainee';
import { type BestEpoch, isPatienceOver, type TrainingCheckpoint } from './trainingCheckpoint';
import type { TrainingPlan } from './trainingPlan';
import type { EpochRecord, TrainSettings } from './trainSettings';

export interface TrainRequest {
  /** Trained in place. */
  model: LabModel;
  dataset: Dataset;
  settings: TrainSettings;
  /** How the method trains: its losses, its companions, its phases. */
  plan: TrainingPlan;
  /** The frozen network that the plan compares with, where it does. */
  teacher?: LabModel | null;
  /** Decides sampling, augmentation, dropout and the companions' first weights. */
  seed: number;
  /** Where an interrupted training of the same model, data, settings and seed stood. */
  resumeFrom?: TrainingCheckpoint | null;
}

/** Called after every epoch, in this order. */
export interface TrainListener {
  /** @param look what the model said of the validation split at the end of the epoch */
  epoch?(record: EpochRecord, look: DatasetPrediction): void;
  /** Keeps the checkpoint; training goes on when it is done. */
  checkpoint?(checkpoint: TrainingCheckpoint): Promise<void>;
}

export interface TrainOutcome {
  /** One record per finished epoch. */
  history: EpochRecord[];
  /** `finish-now`: the user did not want to wait for the rest. */
  endedBy: 'epochs' | 'early-stopping' | 'finish-now';
  /** The epoch whose weights the model has; null when none was finished and it has those of a part of one. */
  keptEpoch: number | null;
}

/** Share of an epoch's time that the look at the validation split takes, for the progress bar. */
const validationShare = 0.1;

/**
 * Trains a model on the training split and looks at the validation split after every epoch.
 *
 * After all epochs the model has the last one's weights. When early stopping or the user ends it before, it gets those
 * of the epoch with the lowest validation loss. Sampling, augmentation and dropout have random streams of their own,
 * opened per epoch. On WASM the same seed gives the same weights, bit for bit, resumed or not.
 *
 * @throws LabError `training-diverged` when the loss is no longer a number; `cancelled`; `model-mismatch` when the
 *   checkpoint is of another network
 */
export async function trainModel(
  request: TrainRequest,
  context: JobContext,
  listener: TrainListener = {},
): Promise<TrainOutcome> {
  const { model, dataset, settings, plan, teacher = null, seed, resumeFrom } = request;
  if (resumeFrom?.ended) {
    writeWeights(model, resumeFrom.weights);
    return { history: resumeFrom.history, ...resumeFrom.ended };
  }
  const work: EpochWork = {
    model,
    dataset,
    trainSplit: splitIndices(dataset.manifest, 'train'),
    settings,
    plan,
    teacher,
    trainees: createTrainees(model, plan, { groupCount: dataset.manifest.groupNames.length }, { settings, seed }),
    silence: silenceGradients(model),
    seed,
  };
  const [own] = work.trainees;
  const history = [...(resumeFrom?.history ?? [])];
  let best: BestEpoch | null = resumeFrom?.best ?? null;
  try {
    if (resumeFrom) {
      writeWeights(model, resumeFrom.weights);
      own!.optimizer.restore(own!.weights, resumeFrom.optimizer);
      restoreCompanions(work.trainees, resumeFrom.companions);
    }
    for (let epoch = history.length + 1; epoch <= settings.epochs; epoch++) {
      if (best && isPatienceOver(settings, history.length, best))
        return endWithBest('early-stopping', model, history, best);
      const ran = await runEpoch(work, epoch, history, context);
      if (!ran) return endWithBest('finish-now', model, history, best);
      const { record, look } = ran;
      history.push(record);
      const weights = await readWeights(model);
      if (!best || record.validationLoss < best.validationLoss - minDelta(settings)) {
        best = { epoch, validationLoss: record.validationLoss, weights };
      }
      listener.epoch?.(record, look);
      const optimizer = await own!.optimizer.state(own!.weights);
      const companions = await readCompanions(work.trainees);
      const state = { epoch, weights, optimizer, best, history: [...history] };
      await listener.checkpoint?.({ ...state, ...(companions && { companions }) });
    }
    return { history, endedBy: 'epochs', keptEpoch: history.at(-1)?.epoch ?? null };
  } finally {
    disposeTrainees(work.trainees);
    work.silence.dispose();
  }
}

/** Trains an epoch and looks at the validation split. Null when it was broken off. */
async function runEpoch(
  work: EpochWork,
  epoch: number,
  before: EpochRecord[],
  context: JobContext,
): Promise<{ record: EpochRecord; look: DatasetPrediction } | null> {
  const { model, dataset, settings, plan } = work;
  const [from, to] = [(epoch - 1) / settings.epochs, epoch / settings.epochs];
  const split = to - (to - from) * validationShare;
  const stage = `Epoch ${epoch} of ${settings.epochs}`;
  const learningRate = learningRateAt(settings, epoch);

  const trainLoss = await trainEpoch(work, epoch, context.part(stage, from, split));
  if (trainLoss === null) return null;
  await requireFinite(trainLoss, epoch, learningRate, context);
  const validationSplit = splitIndices(dataset.manifest, 'validation');
  const look = await predictDataset(model, dataset, validationSplit, context.part(`${stage} · validation`, split, to));
  await requireFinite(look.loss, epoch, learningRate, context);
  const record = {
    epoch,
    learningRate,
    trainLoss,
    validationLoss: look.loss,
    validationAccuracy: look.accuracy,
    warning: findTrainingWarning({ ...look, classCount: model.classNames.length }, before),
    ...(plan.phaseOf && { phase: plan.phaseOf(epoch) }),
  };
  return { record, look };
}

function minDelta({ earlyStopping }: TrainSettings): number {
  return earlyStopping?.minDelta ?? 0;
}

function endWithBest(
  endedBy: TrainOutcome['endedBy'],
  model: LabModel,
  history: EpochRecord[],
  best: BestEpoch | null,
): TrainOutcome {
  if (best) writeWeights(model, best.weights);
  return { history, endedBy, keptEpoch: best?.epoch ?? null };
}

/** A GPU that has failed gives losses that are no numbers too: then the breath ends the job with what the GPU failed with. */
async function requireFinite(loss: number, epoch: number, learningRate: number, context: JobContext): Promise<void> {
  if (Number.isFinite(loss)) return;
  await context.breathe();
  throw diverged(epoch, learningRate);
}

function diverged(epoch: number, learningRate: number): LabError {
  return new LabError({
    code: 'training-diverged',
    stage: `Epoch ${epoch}`,
    message: `The loss is no longer a number after epoch ${epoch} (learning rate ${learningRate}).`,
    hint: 'Lower the learning rate, for example to a tenth, or switch on gradient clipping or warm-up, and train again from the last finished round.',
    details: { epoch, learningRate },
  });
}
