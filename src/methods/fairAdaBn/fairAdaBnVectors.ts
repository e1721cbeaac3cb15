import {
  dispose,
  keep,
  type Tensor,
  type Tensor4D,
  tensor,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { model as functionalModel, type LayersModel, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import * as z from 'zod/mini';
import { modelId } from '../../foundation/ids';
import { parseVectors } from '../../foundation/parseVectors';
import { disposeModel } from '../../model/disposeModel';
import { forwardTraining } from '../../model/forwardTraining';
import type { LabModel } from '../../model/labModel';
import { GroupBatchNormalization } from '../../model/network/groupBatchNormalization';
import { makeGroupInput } from '../../model/network/groupInput';
import { layerWeights } from '../../model/network/layerWeights';
import { predictBatch } from '../../model/runModel';
import { fairAdaBn } from './fairAdaBn';
import { parityDifference, summedCrossEntropy } from './fairAdaBnLoss';

const name = 'fairadabn.json';
const numbers = z.array(z.number());
const schema = z.object({
  cases: z.array(
    z.object({
      n: z.number(),
      classes: z.number(),
      channels: z.number(),
      alpha: z.number(),
      bnEpsilon: z.number(),
      bnMomentumTorch: z.number(),
      x: numbers,
      y: numbers,
      g: numbers,
      convKernel: numbers,
      convBias: numbers,
      gamma: numbers,
      beta: numbers,
      runningMeanBefore: numbers,
      runningVarBefore: numbers,
      denseKernel: numbers,
      denseBias: numbers,
      expected: z.object({
        trainLogits: numbers,
        cePerGroup: numbers,
        spdSoft: z.nullable(z.number()),
        loss: z.number(),
        grad: z.record(z.string(), numbers),
        afterStep: z.object({ runningMean: numbers, runningVarBiased: numbers }),
        inferenceLogits_ownGroup_runningBefore: numbers,
        inferenceLogits_otherGroup_runningBefore: numbers,
      }),
    }),
  ),
});
/** A network, a batch, and what comes of them: conv 3×3 → BatchNorm of each group → ReLU → average → dense. */
export type FairAdaBnVector = z.infer<typeof schema>['cases'][number];

/** What was found for one field of a vector. */
export interface VectorReading {
  field: string;
  found: ArrayLike<number>;
  expected: readonly number[];
}

/** @throws LabError `record-invalid` */
export const readFairAdaBnVectors = (json: unknown): FairAdaBnVector[] => parseVectors(schema, json, name).cases;

const groupCount = 2;
/** The vectors' names of gradients, and the weights that they are of. */
const gradientWeights = {
  convKernel: 'conv/kernel',
  convBias: 'conv/bias',
  gamma: 'bn/gamma',
  beta: 'bn/beta',
  denseKernel: 'fc/kernel',
  denseBias: 'fc/bias',
} as const;

/**
 * Predicts with a vector's network for each sample's own group and for the other, then takes one training step's loss and gradients
 * and looks at the running averages, all on the present backend.
 */
export async function readingsOf(vector: FairAdaBnVector): Promise<VectorReading[]> {
  const { g, expected } = vector;
  const model = buildNet(vector);
  const images = tensor4d(vector.x, [vector.n, ...sidesOf(vector)]);
  try {
    const predict = (groups: number[]) => valuesOf(predictBatch(model, { images, groups }));
    const own = await predict(g);
    const other = await predict(g.map((group) => 1 - group));
    return [
      { field: 'prediction for the own group', found: own, expected: expected.inferenceLogits_ownGroup_runningBefore },
      { field: 'for the other', found: other, expected: expected.inferenceLogits_otherGroup_runningBefore },
      ...(await trainOnce(model, vector, images)),
      ...(await averagesOf(model, vector)),
    ];
  } finally {
    images.dispose();
    disposeModel(model);
  }
}

async function trainOnce(model: LabModel, vector: FairAdaBnVector, images: Tensor4D): Promise<VectorReading[]> {
  const { y, g, classes, alpha, expected } = vector;
  const weights = new Map(
    model.network.trainableWeights.map((weight) => [weight.originalName, weight.read() as Variable]),
  );
  const [labels, groups] = [tensor1d(y, 'int32'), tensor1d(g, 'int32')];
  const known = { labels, groups, classCount: classes, groupCount, labelSmoothing: 0, companions: {}, teacher: null };
  const given: Tensor[] = [];
  const { value, grads } = variableGrads(() => {
    const pass = forwardTraining(model, { images, groups });
    given.push(keep(pass.logits.clone()));
    return fairAdaBn.loss!({ ...pass, ...known }, { alpha, which: 'paper' });
  }, [...weights.values()]);
  // The parts of the loss, of the logits that the file holds.
  const logits = tensor2d(expected.trainLogits, [vector.n, classes]);
  const entropies = tidy(() => summedCrossEntropy({ ...known, logits }));
  const parity = tidy(() => parityDifference({ ...known, logits }));
  dispose([logits, labels, groups]);
  const sum = expected.cePerGroup.reduce((total, each) => total + each, 0);
  return [
    { field: 'trainLogits', found: await valuesOf(given[0]!), expected: expected.trainLogits },
    { field: 'cePerGroup, summed', found: await valuesOf(entropies), expected: [sum] },
    { field: 'spdSoft', found: await valuesOf(parity), expected: [expected.spdSoft ?? 0] },
    { field: 'loss', found: await valuesOf(value), expected: [expected.loss] },
    ...(await Promise.all(
      Object.entries(gradientWeights).map(async ([field, weight]) => ({
        field: `grad.${field}`,
        found: await valuesOf(grads[weights.get(weight)!.name]!),
        expected: expected.grad[field] ?? [],
      })),
    )),
  ];
}

async function averagesOf({ network }: LabModel, { expected }: FairAdaBnVector): Promise<VectorReading[]> {
  const { runningMean, runningVarBiased } = expected.afterStep;
  const read = (name: string) =>
    layerWeights(network.getLayer('bn'))
      .find((weight) => weight.name === name)!
      .value.data();
  return [
    { field: 'runningMean', found: await read('moving_mean'), expected: runningMean },
    { field: 'runningVarBiased', found: await read('moving_variance'), expected: runningVarBiased },
  ];
}

/** The values of a tensor, which is freed. */
async function valuesOf(values: Tensor): Promise<ArrayLike<number>> {
  const read = await values.data();
  values.dispose();
  return read;
}

/** Height, width and channels of the images: square, as many channels as the kernel takes. */
function sidesOf({ n, x, channels, convKernel }: FairAdaBnVector): [number, number, number] {
  const colours = convKernel.length / (9 * channels);
  const side = Math.sqrt(x.length / (n * colours));
  return [side, side, colours];
}

function buildNet(vector: FairAdaBnVector): LabModel {
  const { channels, classes, bnEpsilon, bnMomentumTorch } = vector;
  const sides = sidesOf(vector);
  const image = layers.input({ name: 'image', shape: sides });
  const group = makeGroupInput();
  const maps = layers.conv2d({ name: 'conv', filters: channels, kernelSize: 3, padding: 'same' }).apply(image);
  const settings = { name: 'bn', groupCount, epsilon: bnEpsilon, momentum: 1 - bnMomentumTorch };
  const normalized = new GroupBatchNormalization(settings).apply([maps as SymbolicTensor, group]);
  const active = layers.activation({ name: 'relu', activation: 'relu' }).apply(normalized);
  const means = layers.globalAveragePooling2d({ name: 'gap' }).apply(active);
  const logits = layers.dense({ name: 'fc', units: classes }).apply(means) as SymbolicTensor;
  const network = functionalModel({ inputs: [image, group], outputs: logits });
  setWeights(network, vector);
  return {
    id: modelId('vector'),
    name: 'vector',
    network,
    preprocessing: { imageSize: sides[0], mean: [0, 0, 0], std: [1, 1, 1] },
    classNames: Array.from({ length: classes }, (_, index) => `class ${index}`),
    originalChannels: {},
    groupInput: { attribute: 'group', names: ['group 0', 'group 1'] },
  };
}

function setWeights(network: LayersModel, vector: FairAdaBnVector): void {
  const { gamma, beta, runningMeanBefore, runningVarBefore, convKernel, convBias, denseKernel, denseBias } = vector;
  const values: Record<string, number[][]> = {
    conv: [convKernel, convBias],
    bn: [gamma, beta, runningMeanBefore, runningVarBefore],
    fc: [denseKernel, denseBias],
  };
  tidy(() => {
    for (const [name, parts] of Object.entries(values)) {
      const layer = network.getLayer(name);
      layer.setWeights(layerWeights(layer).map(({ shape }, index) => tensor(parts[index]!, shape)));
    }
  });
}
