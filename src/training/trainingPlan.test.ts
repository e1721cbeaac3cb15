import { add, mean, memory, mul, type NamedTensorMap, type Scalar, square, sub } from '@tensorflow/tfjs-core';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '../foundation/createJobControl';
import { modelId } from '../foundation/ids';
import { crossEntropyLoss } from '../methods/vanilla/vanilla';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { colourDataset } from '../testing/colourDataset';
import { startWasmAndCpu } from '../testing/computeOn';
import { packCheckpoint, unpackCheckpoint } from './checkpointFile';
import { readWeights } from './networkWeights';
import { type TrainingCheckpoint } from './trainingCheckpoint';
import { type CompanionSpec, type TrainingLoss, type TrainingPlan, theModel } from './trainingPlan';
import { trainModel } from './trainModel';
import { defaultFineTune, type TrainSettings } from './trainSettings';

const imageSize = 8;
const dataset = colourDataset(
  Array.from({ length: 24 }, (_, index) => ({
    colour: index % 2 === 0 ? ([200 - index, 60, 30] as const) : ([60, 200 - index, 30] as const),
    label: index % 2,
    group: index % 4 < 2 ? (0 as const) : (1 as const),
    split: index % 4 === 3 ? (1 as const) : (0 as const),
  })),
  imageSize,
  ['red', 'green'],
);

const settings: TrainSettings = {
  ...defaultFineTune,
  epochs: 4,
  batchSize: 6,
  optimizer: { name: 'sgd', learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0 },
};

function network(): LabModel {
  const seeded = (seed: number) => initializers.heNormal({ seed });
  return {
    id: modelId('net'),
    name: 'net',
    classNames: ['red', 'green'],
    preprocessing: { imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    originalChannels: {},
    network: sequential({
      layers: [
        layers.conv2d({
          filters: 4,
          kernelSize: 3,
          kernelInitializer: seeded(1),
          useBias: false,
          inputShape: [imageSize, imageSize, 3],
        }),
        layers.batchNormalization({}),
        layers.activation({ activation: 'relu' }),
        layers.globalAveragePooling2d({}),
        layers.dense({ units: 2, kernelInitializer: seeded(2) }),
      ],
    }),
  };
}

/** Reads the group from the features. */
const groupHead: CompanionSpec = {
  name: 'group head',
  optimizer: { name: 'adam', learningRate: 0.01, weightDecay: 0 },
  build: ({ features, groupCount }, seed) =>
    sequential({
      layers: [
        layers.dense({
          inputShape: [features],
          units: groupCount,
          kernelInitializer: initializers.heNormal({ seed }),
        }),
      ],
    }),
};

const groupLoss: TrainingLoss = ({ companions, features, groups, groupCount }) =>
  crossEntropyLoss({
    logits: companions[groupHead.name]!(features),
    labels: groups,
    classCount: groupCount,
    labelSmoothing: 0,
  });

/** The head in odd epochs, the model in even ones. */
const inTurns: TrainingPlan = {
  companions: [groupHead],
  phaseOf: (epoch) => (epoch % 2 === 1 ? 'head' : 'model'),
  objectives: (phase) =>
    phase === 'head'
      ? [{ trains: [groupHead.name], loss: groupLoss }]
      : [{ trains: [theModel], loss: crossEntropyLoss }],
};

async function train(plan: TrainingPlan, changes: Partial<TrainSettings> = {}, more = {}) {
  const model = network();
  const checkpoints: TrainingCheckpoint[] = [];
  const request = { model, dataset, settings: { ...settings, ...changes }, plan, seed: 3, ...more };
  const { history } = await trainModel(request, createSilentContext(), {
    checkpoint: async (checkpoint) => void checkpoints.push(await unpackCheckpoint(await packCheckpoint(checkpoint))),
  });
  const weights = await readWeights(model);
  disposeModel(model);
  return { history, weights, checkpoints };
}

const total: NonNullable<TrainingPlan['combine']> = ([first, ...rest]) =>
  Object.fromEntries(
    Object.entries(first!).map(([name, gradient]) => [name, rest.reduce((so, more) => add(so, more[name]!), gradient)]),
  ) as NamedTensorMap;

beforeAll(startWasmAndCpu);

describe('a training plan', () => {
  it('moves only what the phase trains, and keeps the phase in the history', async () => {
    const { history, checkpoints } = await train(inTurns);
    expect(history.map(({ phase }) => phase)).toEqual(['head', 'model', 'head', 'model']);
    const [first, second, third] = checkpoints;
    // Kernel, γ, β, kernel, bias; the averages come after them.
    const trained = ({ weights }: TrainingCheckpoint) => weights.slice(0, 5);
    const head = ({ companions }: TrainingCheckpoint) => companions![groupHead.name]!.weights;
    const start = network();
    expect(trained(first!)).toEqual((await readWeights(start)).slice(0, 5));
    disposeModel(start);
    expect(trained(second!)).not.toEqual(trained(first!));
    expect(head(second!)).toEqual(head(first!));
    expect(trained(third!)).toEqual(trained(second!));
    expect(head(third!)).not.toEqual(head(second!));
    // The batches of the head's phase pass through BatchNorm, which goes on learning its averages.
    expect(third!.weights.slice(5)).not.toEqual(second!.weights.slice(5));
  });

  it('goes on from any epoch to the same weights, companions and their optimisers included', async () => {
    const whole = await train(inTurns);
    for (const resumeFrom of whole.checkpoints.slice(0, 3)) {
      const resumed = await train(inTurns, {}, { resumeFrom });
      expect(resumed.weights).toEqual(whole.weights);
      expect(resumed.checkpoints.at(-1)).toEqual(whole.checkpoints.at(-1));
    }
  });

  it('refuses to go on without the companions', async () => {
    const { checkpoints } = await train(inTurns, { epochs: 1 });
    const { companions: _, ...bare } = checkpoints[0]!;
    await expect(train(inTurns, {}, { resumeFrom: bare })).rejects.toMatchObject({ code: 'model-mismatch' });
  });

  it('takes several gradients of one batch as it combines them, and moves BatchNorm’s averages once', async () => {
    const apart: TrainingPlan = {
      objectives: () => [
        { trains: [theModel], loss: crossEntropyLoss },
        { trains: [theModel], loss: (input): Scalar => mul(2, crossEntropyLoss(input)) },
      ],
      combine: total,
    };
    const together: TrainingPlan = {
      objectives: () => [{ trains: [theModel], loss: (input): Scalar => mul(3, crossEntropyLoss(input)) }],
    };
    const [found, expected] = [await train(apart, { epochs: 1 }), await train(together, { epochs: 1 })];
    for (const [index, values] of expected.weights.entries()) {
      for (const [at, value] of values.entries()) expect(found.weights[index]![at]).toBeCloseTo(value, 5);
    }
  });

  it('shows the loss what a frozen teacher gives for the batch, and leaves the teacher as it is', async () => {
    const teacher = network();
    const before = await readWeights(teacher);
    const distilling: TrainingPlan = {
      needsTeacher: true,
      objectives: () => [
        {
          trains: [theModel],
          loss: ({ logits, teacher: told }): Scalar => mean(square(sub(logits, told!.logits))),
        },
      ],
    };
    const { history } = await train(distilling, { epochs: 1 }, { teacher });
    // The student begins as its teacher's twin, and differs from it by the batch's statistics alone.
    expect(history[0]!.trainLoss).toBeGreaterThan(0);
    expect(await readWeights(teacher)).toEqual(before);
    disposeModel(teacher);
  });

  it('leaves no tensor behind', async () => {
    await train(inTurns);
    const { numTensors } = memory();
    await train(inTurns);
    expect(memory().numTensors).toBe(numTensors);
  });
});
