import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { createRandom } from '../foundation/random';
import { featureWidth } from '../model/forwardTraining';
import type { LabModel } from '../model/labModel';
import { disposeNetwork } from '../model/network/disposeNetwork';
import { readNetworkWeights, writeNetworkWeights } from './networkWeights';
import { createOptimizer } from './optimizers/createOptimizer';
import type { Optimizer } from './optimizers/optimizer';
import type { CompanionState } from './trainingCheckpoint';
import { type CompanionSpec, type TrainingPlan, theModel } from './trainingPlan';
import type { OptimizerSettings, TrainSettings } from './trainSettings';

/** Weights that one optimiser moves: the model's, or a companion's. */
export interface Trainee {
  /** `theModel`, or the companion's name. */
  name: string;
  network: LayersModel;
  /** Trainable weights by variable name. */
  weights: Record<string, Variable>;
  settings: OptimizerSettings;
  optimizer: Optimizer;
}

/**
 * The model and its plan's companions, each with an optimiser of its own that remembers nothing yet.
 * @param seed decides the companions' first weights
 */
export function createTrainees(
  model: LabModel,
  { companions = [] }: TrainingPlan,
  sizes: { groupCount: number },
  { settings, seed }: { settings: TrainSettings; seed: number },
): Trainee[] {
  const own = traineeOf(theModel, model.network, settings.optimizer);
  if (companions.length === 0) return [own];
  const known = { ...sizes, features: featureWidth(model.network), classCount: model.classNames.length };
  const build = ({ name, build: make, optimizer }: CompanionSpec) =>
    traineeOf(name, make(known, createRandom(seed, name).integer(2 ** 31)), optimizer ?? settings.optimizer);
  return [own, ...companions.map(build)];
}

/** Frees optimisers and companions. The model stays. */
export function disposeTrainees(trainees: readonly Trainee[]): void {
  for (const { name, network, optimizer } of trainees) {
    optimizer.dispose();
    if (name !== theModel) disposeNetwork(network);
  }
}

/** Where the companions stand, by name; nothing where there are none. */
export async function readCompanions(trainees: readonly Trainee[]): Promise<Record<string, CompanionState> | null> {
  const states = await Promise.all(
    companionsOf(trainees).map(async ({ name, network, weights, optimizer }) => {
      const state = { weights: await readNetworkWeights(network), optimizer: await optimizer.state(weights) };
      return [name, state] as const;
    }),
  );
  return states.length > 0 ? Object.fromEntries(states) : null;
}

/** @throws LabError `model-mismatch` when a companion's state is missing or of another network */
export function restoreCompanions(
  trainees: readonly Trainee[],
  states: Readonly<Record<string, CompanionState>> = {},
): void {
  for (const { name, network, weights, optimizer } of companionsOf(trainees)) {
    writeNetworkWeights(network, states[name]?.weights ?? []);
    optimizer.restore(weights, states[name]!.optimizer);
  }
}

function companionsOf(trainees: readonly Trainee[]): Trainee[] {
  return trainees.filter(({ name }) => name !== theModel);
}

function traineeOf(name: string, network: LayersModel, settings: OptimizerSettings): Trainee {
  const variables = network.trainableWeights.map((weight) => weight.read() as Variable);
  const weights = Object.fromEntries(variables.map((variable) => [variable.name, variable]));
  return { name, network, weights, settings, optimizer: createOptimizer(settings) };
}
