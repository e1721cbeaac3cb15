import { type Tensor, tensor, tensor1d, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCompute } from '../compute/startCompute';
import { modelId } from '../foundation/ids';
import { disposeModel } from '../model/disposeModel';
import { forwardTraining } from '../model/forwardTraining';
import type { LabModel } from '../model/labModel';
import golden from '../testing/golden/adversarial.json';
import { silenceGradients } from '../training/silenceGradients';
import { createTrainees, disposeTrainees, type Trainee } from '../training/trainee';
import type { LossInput } from '../training/trainingPlan';
import { defaultFineTune, type TrainSettings } from '../training/trainSettings';
import { trainStep } from '../training/trainStep';
import { trainingPlanOf } from './methods';

type Case = (typeof golden.cases)[number];
type Named = Record<string, readonly number[]>;

/** Names of the reference's weights, in the order of the lab's. */
const modelNames = ['W1', 'b1', 'Wc', 'bc'];
const domainCount = 2;

beforeAll(() => startCompute({ prefer: 'cpu', wasmPath: '' }));

/** The reference's little network: its four inputs as an image of 2 × 2 grey pixels. */
function networkOf({ classes, params }: Case): LabModel {
  const { W1, b1, Wc, bc } = params;
  const network = sequential({
    layers: [
      layers.flatten({ inputShape: [2, 2, 1] }),
      layers.dense({ units: b1.data.length }),
      layers.activation({ activation: 'relu' }),
      layers.dense({ units: classes }),
    ],
  });
  network.setWeights([W1, b1, Wc, bc].map(({ data, shape }) => tensor(data, shape)));
  return {
    id: modelId('vectors'),
    name: 'vectors',
    classNames: Array.from({ length: classes }, (_, index) => `class ${index}`),
    preprocessing: { imageSize: 2, mean: [0], std: [1], channelOrder: 'grey' },
    originalChannels: {},
    network,
  };
}

/** Plain steps of gradient descent, also of the companions, so that a step shows the gradient. */
function settingsFor(learningRate: number): TrainSettings {
  return {
    ...defaultFineTune,
    optimizer: { name: 'sgd', learningRate, momentum: 0, nesterov: false, weightDecay: 0 },
    schedule: { kind: 'constant' },
  };
}

/** One step of a method at an epoch: the first loss, and all weights after it. */
async function step(example: Case, methodId: string, companion: [Named[string], number[]][], epoch: number) {
  const model = networkOf(example);
  const settings = settingsFor(example.learningRate);
  const given = trainingPlanOf({ id: methodId, settings: { alpha: example.alpha } });
  const plan = { ...given, companions: given.companions!.map((spec) => ({ ...spec, optimizer: null })) };
  const trainees = createTrainees(model, plan, { groupCount: domainCount }, { settings, seed: 1 });
  trainees[1]!.network.setWeights(companion.map(([data, shape]) => tensor([...data], shape)));
  const silence = silenceGradients(model);
  const images = tensor4d(example.x, [example.n, 2, 2, 1]);
  const known = {
    labels: tensor1d(example.y, 'int32'),
    groups: tensor1d(example.g, 'int32'),
    classCount: example.classes,
    groupCount: domainCount,
    labelSmoothing: 0,
    teacher: null,
    companions: { [trainees[1]!.name]: (values: Tensor) => trainees[1]!.network.apply(values) },
  } as unknown as Omit<LossInput, 'logits' | 'features' | 'outputs'>;
  const input = () => ({ ...forwardTraining(model, { images, groups: null }), ...known });
  const loss = tidy(() => trainStep({ settings, plan, trainees, silence }, input, { epoch, share: 1 }));
  const [value] = await loss.data();
  const after = await Promise.all(trainees.map(readAll));
  disposeTrainees(trainees);
  disposeModel(model);
  return { loss: value!, model: after[0]!, companion: after[1]! };
}

function readAll({ network }: Trainee): Promise<number[][]> {
  return Promise.all(network.getWeights().map(async (weight) => Array.from(await weight.data())));
}

function expectClose(found: readonly number[], expected: readonly number[]) {
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) {
    expect(Math.abs(found[index]! - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
  }
}

const start = ({ params }: Case, names: string[]) =>
  names.map((name) => (params as Record<string, { data: number[]; shape: number[] }>)[name]!);
const companionOf = (example: Case, names: string[]) =>
  start(example, names).map(({ data, shape }): [number[], number[]] => [data, shape]);

describe.each(golden.cases.map((example, index) => [index, example] as const))('AdvConf, case %i', (_, example) => {
  const { advConf } = example.expected;

  it('moves the model alone in epoch 1, by the reference’s gradient', async () => {
    const { loss, model, companion } = await step(example, 'adv-conf', companionOf(example, ['Wd', 'bd']), 1);
    expect(loss).toBeCloseTo(advConf.mainLoss, 5);
    for (const [index, name] of modelNames.entries()) {
      expectClose(model[index]!, (advConf.mainStepAfterSgd as Named)[name]!);
    }
    for (const [index, { data }] of start(example, ['Wd', 'bd']).entries()) expectClose(companion[index]!, data);
  });

  it.each([2, 3])('moves the group head alone in epoch %i', async (epoch) => {
    const { loss, model, companion } = await step(example, 'adv-conf', companionOf(example, ['Wd', 'bd']), epoch);
    expect(loss).toBeCloseTo(advConf.domainLoss, 5);
    for (const [index, name] of ['Wd', 'bd'].entries()) {
      expectClose(companion[index]!, (advConf.domainStepAfterSgd as Named)[name]!);
    }
    for (const [index, { data }] of start(example, modelNames).entries()) expectClose(model[index]!, data);
  });
});

describe.each(golden.cases.map((example, index) => [index, example] as const))('AdvRev, case %i', (_, example) => {
  const { advRev } = example.expected;

  it('takes the adversary’s direction from each weight’s gradient, before the adversary’s step', async () => {
    const { loss, model, companion } = await step(example, 'adv-rev', companionOf(example, ['Wa', 'ba']), 1);
    expect(loss).toBeCloseTo(advRev.classLoss, 5);
    for (const [index, name] of modelNames.entries()) {
      const { data } = start(example, [name])[0]!;
      const gradient = (advRev.mainGrad_beforeAdversaryStep as Named)[name]!;
      expectClose(
        model[index]!,
        data.map((value, at) => value - example.learningRate * gradient[at]!),
      );
    }
    for (const [index, name] of ['Wa', 'ba'].entries()) {
      expectClose(companion[index]!, (advRev.adversaryAfterSgd as Named)[name]!);
    }
  });
});
