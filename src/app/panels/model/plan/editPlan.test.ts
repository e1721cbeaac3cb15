import { describe, expect, it } from 'vitest';
import { parsePlan } from '../../../../model/architectures/architecturePlan';
import { addStep, moveStep, removeStep, stepOfKind } from './editPlan';

const plan = parsePlan([
  { kind: 'convolution', filters: 12, kernel: 5, stride: 2, padding: 2, activation: 'silu' },
  { kind: 'max-pooling', size: 3, stride: 1 },
  { kind: 'global-average' },
]);
const kindsOf = (steps: typeof plan) => steps.map(({ kind }) => kind);

describe('stepOfKind', () => {
  it('keeps what convolutions have in common, and what poolings have', () => {
    expect(stepOfKind('depthwise-convolution', plan[0]!)).toEqual({
      kind: 'depthwise-convolution',
      kernel: 5,
      stride: 2,
      padding: 2,
      bias: true,
      batchNorm: null,
      activation: 'silu',
    });
    expect(stepOfKind('average-pooling', plan[1]!)).toEqual({
      kind: 'average-pooling',
      size: 3,
      stride: 1,
      padding: 'valid',
    });
  });

  it('begins anew between unlike kinds: a convolution’s stride is no pooling’s', () => {
    expect(stepOfKind('max-pooling', plan[0]!)).toEqual({ kind: 'max-pooling', size: 2, padding: 'valid' });
    expect(stepOfKind('dropout', plan[1]!)).toEqual({ kind: 'dropout', rate: 0.5 });
  });
});

it('a new step on maps is like the last convolution before it, one behind them is a dense layer', () => {
  expect(addStep(plan, 1, true)[2]).toEqual(plan[0]);
  expect(kindsOf(addStep(plan, 2, false))).toEqual(['convolution', 'max-pooling', 'global-average', 'dense']);
});

it('steps change places with their neighbours, and stay at the ends', () => {
  expect(kindsOf(moveStep(plan, 1, -1))).toEqual(['max-pooling', 'convolution', 'global-average']);
  expect(kindsOf(moveStep(plan, 1, 1))).toEqual(['convolution', 'global-average', 'max-pooling']);
  expect(moveStep(plan, 0, -1)).toEqual(plan);
  expect(moveStep(plan, 2, 1)).toEqual(plan);
});

it('a plan keeps its last step', () => {
  expect(kindsOf(removeStep(plan, 0))).toEqual(['max-pooling', 'global-average']);
  expect(removeStep(plan.slice(2), 0)).toHaveLength(1);
});
