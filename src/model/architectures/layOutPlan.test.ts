import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../foundation/labError';
import { anySteps, randomPlan } from '../../testing/randomPlan';
import { layerCost } from '../network/layerCost';
import { outputShapeOf } from '../network/layerOptions';
import { type ArchitecturePlan, parsePlan, type WrittenPlan } from './architecturePlan';
import { buildFromPlan } from './buildFromPlan';
import { layOutPlan, type PlannedLayer, shapesOfPlan } from './layOutPlan';

beforeAll(async () => {
  await setBackend('cpu');
});

const use = fc.record({
  imageSize: fc.integer({ min: 1, max: 20 }),
  channels: fc.constantFrom(1, 3),
  classCount: fc.integer({ min: 2, max: 4 }),
});

/** The layers, or the refusal. */
function tryLayOut(...[plan, planUse]: Parameters<typeof layOutPlan>): PlannedLayer[] | LabError {
  try {
    return layOutPlan(plan, planUse);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
}

function layOut(written: WrittenPlan, imageSize = 16): PlannedLayer[] {
  return layOutPlan(parsePlan(written), { imageSize, classCount: 3 });
}

describe('layOutPlan', () => {
  it('foretells name, kind, shape, parameters and multiply-accumulates of every layer that tfjs builds', () => {
    let built = 0;
    fc.assert(
      fc.property(randomPlan, use, (plan, planUse) => {
        const layers = tryLayOut(plan, planUse);
        if (layers instanceof LabError) return;
        built++;
        const network = buildFromPlan(plan, { ...planUse, name: 'n', seed: 1 });
        const found = network.layers.map((layer) => ({
          name: layer.name,
          kind: layer.getClassName(),
          outputShape: outputShapeOf(layer).slice(1),
          ...layerCost(layer),
        }));
        network.dispose();
        expect(
          layers.map(({ name, kind, outputShape, parameters, macs }) => ({
            name,
            kind,
            outputShape,
            parameters,
            macs,
          })),
        ).toEqual(found);
      }),
      { numRuns: 200, seed: 11 },
    );
    expect(built).toBeGreaterThan(80);
  });

  it('refuses steps in an order that makes no network, by the number of a step that is there', () => {
    fc.assert(
      fc.property(anySteps, use, (plan, planUse) => {
        const outcome = tryLayOut(plan, planUse);
        if (!(outcome instanceof LabError)) return;
        expect(outcome.code).toBe('config-invalid');
        const step = Number(outcome.details?.step);
        expect(outcome.message).toMatch(new RegExp(`^Step ${step}: `));
        expect(plan[step - 1]).toBeDefined();
        // What stands before the refused step is not what is wrong: it fits, once it ends with single numbers.
        const before = plan.slice(0, step - 1);
        const isReduced = before.some(({ kind }) => ['global-average', 'global-max', 'flatten'].includes(kind));
        const whole: ArchitecturePlan = isReduced ? before : [...before, { kind: 'flatten' }];
        expect(tryLayOut(whole, planUse)).not.toBeInstanceOf(LabError);
      }),
      { numRuns: 300, seed: 12 },
    );
  });

  it.each<[string, WrittenPlan, number, string]>([
    [
      'step 3: the maps are 1×1 here, too small for a pooling of 2',
      [
        { kind: 'convolution', filters: 2, kernel: 16, padding: 'valid' },
        { kind: 'dropout', rate: 0 },
        { kind: 'max-pooling' },
        { kind: 'flatten' },
      ],
      3,
      'size',
    ],
    [
      'step 2: the maps are 4×4 here, too small for a kernel of 7 with a padding of 1',
      [
        { kind: 'max-pooling', size: 4 },
        { kind: 'convolution', filters: 2, kernel: 7, padding: 1 },
        { kind: 'flatten' },
      ],
      2,
      'kernel',
    ],
    [
      'step 1: a padding of 2 is more than half of the pooling’s size of 3',
      [{ kind: 'average-pooling', size: 3, padding: 2 }, { kind: 'flatten' }],
      1,
      'padding',
    ],
    [
      'step 1: a maximum over 2 pixels with a padding of 1 cannot be built behind numbers below 0',
      [{ kind: 'max-pooling', size: 2, padding: 1 }, { kind: 'flatten' }],
      1,
      'padding',
    ],
    [
      'step 3: a convolution step works on maps, and step 1 has made single numbers of them',
      [{ kind: 'flatten' }, { kind: 'dense', units: 4 }, { kind: 'convolution', filters: 2 }],
      3,
      'kind',
    ],
    [
      'step 1: a dense layer works on single numbers, and there are maps here',
      [{ kind: 'dense', units: 4 }],
      1,
      'kind',
    ],
    [
      'step 2: the plan ends here with maps, and the logits are made of single numbers',
      [{ kind: 'convolution', filters: 2 }, { kind: 'max-pooling' }],
      2,
      'kind',
    ],
  ])('says %s', (message, plan, step, field) => {
    expect(() => layOut(plan)).toThrow(
      expect.objectContaining({
        code: 'config-invalid',
        message: `S${message.slice(1)}.`,
        hint: expect.stringMatching(/^[A-Z].*\.$/),
        details: { step, field },
      }),
    );
  });

  it('numbers the layers per kind, and names pads, BatchNorm and activations after what they belong to', () => {
    const layers = layOut([
      { kind: 'convolution', filters: 4, kernel: 5, stride: 2, padding: 2, batchNorm: {} },
      { kind: 'max-pooling', size: 3, stride: 2, padding: 1 },
      { kind: 'depthwise-convolution', padding: 1, activation: { name: 'leaky-relu' } },
      { kind: 'convolution', filters: 8, kernel: 1, activation: 'gelu' },
      { kind: 'dropout', rate: 0.1 },
      { kind: 'average-pooling' },
      { kind: 'global-max' },
      { kind: 'dense', units: 6, batchNorm: {}, activation: 'silu' },
      { kind: 'dropout', rate: 0.5 },
      { kind: 'dropout', rate: 0.5 },
    ]);
    expect(layers.map(({ name, step }) => `${step} ${name}`).join(', ')).toBe(
      '1 conv1.pad, 1 conv1, 1 bn1, 1 relu1, 2 pool1.pad, 2 pool1, 3 conv2, 3 leakyRelu2, ' +
        '4 conv3, 4 gelu3, 5 dropout1, 6 pool2, 7 gmp, 8 fc1, 8 fcBn1, 8 fcSilu1, ' +
        '9 fcDropout1, 10 dropout2, 11 fc2',
    );
  });
});

it('shapesOfPlan gives the output of every step, as counted by hand', () => {
  const plan = parsePlan([
    { kind: 'convolution', filters: 4, kernel: 5, stride: 2, padding: 2 },
    { kind: 'max-pooling', size: 3, stride: 2, padding: 1 },
    { kind: 'convolution', filters: 6, kernel: 3, padding: 'valid' },
    { kind: 'flatten' },
    { kind: 'dense', units: 7 },
  ]);
  // (28 + 4 - 5) / 2 + 1 = 14; (14 + 2 - 3) / 2 + 1 = 7; 7 - 3 + 1 = 5; 5 · 5 · 6 = 150.
  expect(shapesOfPlan(plan, { imageSize: 28 })).toEqual([[14, 14, 4], [7, 7, 4], [5, 5, 6], [150], [7]]);
});
