import { describe, expect, it } from 'vitest';
import { parsePlan, type WrittenPlan } from './architecturePlan';

describe('parsePlan', () => {
  it('fills in what is left out: a 3×3 convolution with same padding, bias and ReLU, a pooling of 2 without padding', () => {
    expect(
      parsePlan([
        { kind: 'convolution', filters: 8 },
        { kind: 'max-pooling' },
        { kind: 'global-average' },
        { kind: 'dense', units: 4, batchNorm: {}, activation: { name: 'leaky-relu' } },
      ]),
    ).toEqual([
      {
        kind: 'convolution',
        filters: 8,
        kernel: 3,
        stride: 1,
        padding: 'same',
        bias: true,
        batchNorm: null,
        activation: 'relu',
      },
      { kind: 'max-pooling', size: 2, padding: 'valid' },
      { kind: 'global-average' },
      {
        kind: 'dense',
        units: 4,
        bias: true,
        batchNorm: { epsilon: 1e-5 },
        activation: { name: 'leaky-relu', slope: 0.01 },
      },
    ]);
  });

  it('gives a plan that it has filled in back as it is', () => {
    const plan = parsePlan([
      { kind: 'depthwise-convolution', padding: 2, batchNorm: { epsilon: 0.001 } },
      { kind: 'average-pooling', size: 3, stride: 1 },
      { kind: 'flatten' },
      { kind: 'dropout', rate: 0.3 },
    ]);
    expect(parsePlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it.each<[string, unknown, { step: number; field: string }]>([
    [
      'Step 2: "filters" must be a whole number from 1 to 4096.',
      { kind: 'convolution' },
      { step: 2, field: 'filters' },
    ],
    [
      'Step 2: "kernel" must be a whole number from 1 to 31.',
      { kind: 'convolution', filters: 8, kernel: 0 },
      { step: 2, field: 'kernel' },
    ],
    [
      'Step 2: "padding" must be "same", "valid" or the number of pixels on every side, from 0 to 64.',
      { kind: 'convolution', filters: 8, padding: 'half' },
      { step: 2, field: 'padding' },
    ],
    [
      'Step 2: "activation" must be one of relu, elu, gelu, silu, tanh, sigmoid, none, or {"name": "leaky-relu", "slope": 0.01} with a slope from 0 to 1.',
      { kind: 'dense', units: 8, activation: 'leaky-relu' },
      { step: 2, field: 'activation' },
    ],
    [
      'Step 2: "batchNorm.epsilon" must be a number above 0 and at most 1.',
      { kind: 'dense', units: 8, batchNorm: { epsilon: 0 } },
      { step: 2, field: 'batchNorm.epsilon' },
    ],
    ['Step 2: "rate" must be a number from 0 to 0.95.', { kind: 'dropout', rate: 1 }, { step: 2, field: 'rate' }],
    [
      'Step 2: there is no field "filter" here.',
      { kind: 'convolution', filters: 8, filter: 8 },
      { step: 2, field: 'filter' },
    ],
    [
      'Step 2: "kind" must be one of convolution, depthwise-convolution, max-pooling, average-pooling, global-average, global-max, flatten, dense, dropout.',
      { kind: 'conv' },
      { step: 2, field: 'kind' },
    ],
  ])('names the step and the field: %s', (message, step, details) => {
    expect(() => parsePlan([{ kind: 'flatten' }, step])).toThrow(
      expect.objectContaining({ code: 'config-invalid', message, details }),
    );
  });

  it.each<[string, unknown]>([
    ['The plan must be a list of steps.', { steps: [] }],
    ['The plan must have at least one step.', []],
    [
      'The plan must have at most 200 steps.',
      Array.from({ length: 201 }, (): WrittenPlan[number] => ({ kind: 'flatten' })),
    ],
  ])('%s', (message, plan) => {
    expect(() => parsePlan(plan)).toThrow(expect.objectContaining({ code: 'config-invalid', message }));
  });
});
