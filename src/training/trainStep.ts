import { dispose, type NamedTensorMap, type Scalar, type Variable, variableGrads } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { clipGradients } from './clipGradients';
import { keepStatistics } from './keepStatistics';
import { learningRateAt } from './learningRateAt';
import type { SilencedGradients } from './silenceGradients';
import type { Trainee } from './trainee';
import { type LossInput, type Objective, type TrainingPlan, theModel } from './trainingPlan';
import type { TrainSettings } from './trainSettings';

/** What every step of a training works with. */
export interface StepWork {
  settings: Pick<TrainSettings, 'optimizer' | 'schedule' | 'epochs' | 'warmUpEpochs' | 'gradientClipping'>;
  plan: TrainingPlan;
  /** The model, then its companions. */
  trainees: readonly Trainee[];
  /** Keeps what masks have silenced at zero. */
  silence: SilencedGradients;
}

/** Where in the training a batch is. */
export interface BatchPlace {
  /** 1, 2, 3, … */
  epoch: number;
  /** Share of the epoch that is done with the batch. */
  share: number;
}

/**
 * One step on a batch: forward and backward for every objective of the phase, then one update of everything that is trained.
 *
 * @param lossInput makes a forward pass in training mode each time, so that it can be differentiated
 * @returns the first objective's loss
 */
export function trainStep(work: StepWork, lossInput: () => LossInput, place: BatchPlace): Scalar {
  const { plan, trainees } = work;
  const objectives = plan.objectives(plan.phaseOf?.(place.epoch) ?? null);
  const passes = objectives.map((objective, index) => {
    const pass = () => differentiate(objective, trainees, lossInput);
    // A batch is seen once: only its first forward pass moves BatchNorm's averages.
    return index === 0 ? pass() : keepStatistics(networkOf(trainees), pass);
  });
  for (const trainee of trainees) {
    const gradients = passes.map(({ gradientsOf }) => gradientsOf.get(trainee)).filter((found) => found !== undefined);
    if (gradients.length > 0) update(work, trainee, combineGradients(plan, gradients), place);
  }
  return passes[0]!.loss;
}

function networkOf(trainees: readonly Trainee[]): LayersModel {
  return trainees.find(({ name }) => name === theModel)!.network;
}

/** The loss of an objective, and its gradients by who is trained by it. */
function differentiate(objective: Objective, trainees: readonly Trainee[], lossInput: () => LossInput) {
  const trained = trainees.filter(({ name }) => objective.trains.includes(name));
  const variables: Variable[] = trained.flatMap(({ weights }) => Object.values(weights));
  const { value, grads } = variableGrads(() => objective.loss(lossInput()), variables);
  const gradientsOf = new Map<Trainee, NamedTensorMap>();
  for (const trainee of trained) {
    gradientsOf.set(trainee, Object.fromEntries(Object.keys(trainee.weights).map((name) => [name, grads[name]!])));
  }
  return { loss: value, gradientsOf };
}

function combineGradients({ combine }: TrainingPlan, gradients: readonly NamedTensorMap[]): NamedTensorMap {
  const [only] = gradients;
  if (gradients.length === 1) return only!;
  if (combine) return combine(gradients);
  throw new RangeError(
    'Several objectives train the same weights, and the plan does not say how their gradients add up.',
  );
}

function update(
  { settings, silence }: StepWork,
  { name, weights, optimizer, settings: own }: Trainee,
  allGradients: NamedTensorMap,
  { epoch, share }: BatchPlace,
): void {
  const learningRate = learningRateAt({ ...settings, optimizer: own }, epoch, share);
  const gradients = name === theModel ? silence.apply(allGradients) : allGradients;
  if (settings.gradientClipping === null) {
    optimizer.step(weights, gradients, learningRate);
    return;
  }
  const clipped = clipGradients(gradients, settings.gradientClipping);
  optimizer.step(weights, clipped, learningRate);
  dispose(clipped);
}
