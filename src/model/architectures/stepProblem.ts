import type { LabError } from '../../foundation/labError';
import {
  type ArchitecturePlan,
  type ConvolutionStep,
  type PlanStep,
  type PoolingStep,
  planError,
} from './architecturePlan';

/** What comes into a step. */
interface StepInput {
  /** Height, width and channels of maps; or how many numbers. */
  shape: readonly number[];
  /** Whether none of the numbers is below 0. */
  isNonNegative: boolean;
}

/** The steps that make numbers of maps. */
const reductions: readonly PlanStep['kind'][] = ['global-average', 'global-max', 'flatten'];

/** The kinds of steps in words. */
export const stepLabels: Record<PlanStep['kind'], string> = {
  convolution: 'Convolution',
  'depthwise-convolution': 'Depthwise convolution',
  'max-pooling': 'Max pooling',
  'average-pooling': 'Average pooling',
  'global-average': 'Global average',
  'global-max': 'Global maximum',
  flatten: 'Flatten',
  dense: 'Dense',
  dropout: 'Dropout',
};

/**
 * Why a step does not fit what comes into it, naming the step and the field; null when it fits.
 * @returns LabError `config-invalid`
 */
export function stepProblem(
  plan: ArchitecturePlan,
  index: number,
  { shape, isNonNegative }: StepInput,
): LabError | null {
  const step = plan[index]!;
  const number = index + 1;
  const isOnMaps = shape.length === 3;
  if (!isOnMaps && step.kind !== 'dense' && step.kind !== 'dropout') {
    const reduction = plan.findIndex(({ kind }) => reductions.includes(kind));
    return planError(number, 'kind', {
      message: `a ${labelOf(step)} step works on maps, and step ${reduction + 1} has made single numbers of them`,
      hint: `Move it before step ${reduction + 1}, or take it away.`,
    });
  }
  switch (step.kind) {
    case 'convolution':
    case 'depthwise-convolution':
      return convolutionProblem(step, number, shape[0]!);
    case 'max-pooling':
      return poolingProblem(step, number, shape[0]!) ?? (isNonNegative ? null : unpaddable(step, number));
    case 'average-pooling':
      return poolingProblem(step, number, shape[0]!);
    case 'dense':
      return isOnMaps
        ? planError(number, 'kind', {
            message: 'a dense layer works on single numbers, and there are maps here',
            hint: 'Put a global average, a global maximum or a flatten step before it.',
          })
        : null;
    default:
      return null;
  }
}

/** Why a plan cannot end as it does; null when it can. @param shape behind the last step */
export function endProblem(plan: ArchitecturePlan, shape: readonly number[]): LabError | null {
  if (shape.length === 1) return null;
  return planError(plan.length, 'kind', {
    message: 'the plan ends here with maps, and the logits are made of single numbers',
    hint: 'Add a global average, a global maximum or a flatten step at the end.',
  });
}

function convolutionProblem({ kernel, padding }: ConvolutionStep, number: number, side: number): LabError | null {
  if (padding === 'same' || side + 2 * pixelsOf(padding) >= kernel) return null;
  return planError(number, 'kernel', {
    message: `the maps are ${side}×${side} here, too small for a kernel of ${kernel}${withPadding(padding)}`,
    hint: 'Use a smaller kernel, more padding, or fewer poolings and strides before it.',
  });
}

function poolingProblem({ size, padding }: PoolingStep, number: number, side: number): LabError | null {
  if (padding === 'same') return null;
  const pixels = pixelsOf(padding);
  if (2 * pixels > size) {
    return planError(number, 'padding', {
      message: `a padding of ${pixels} is more than half of the pooling’s size of ${size}`,
      hint: `Use a padding of at most ${Math.floor(size / 2)}.`,
    });
  }
  if (side + 2 * pixels >= size) return null;
  return planError(number, 'size', {
    message: `the maps are ${side}×${side} here, too small for a pooling of ${size}${withPadding(padding)}`,
    hint: 'Take this pooling or one before it away, use a smaller size, or larger images.',
  });
}

/** A maximum over windows that start elsewhere than tfjs' own padding lets them can only be padded with zeros. */
function unpaddable({ size, padding }: PoolingStep, number: number): LabError | null {
  const pixels = pixelsOf(padding);
  if (pixels === 0 || size === 2 * pixels + 1) return null;
  return planError(number, 'padding', {
    message: `a maximum over ${size} pixels with a padding of ${pixels} cannot be built behind numbers below 0`,
    hint: `Put a ReLU or a sigmoid before it, or use a size of ${2 * pixels + 1}.`,
  });
}

const labelOf = (step: PlanStep) => stepLabels[step.kind].toLowerCase();
const pixelsOf = (padding: ConvolutionStep['padding']) => (typeof padding === 'number' ? padding : 0);
const withPadding = (padding: ConvolutionStep['padding']) =>
  pixelsOf(padding) === 0 ? '' : ` with a padding of ${pixelsOf(padding)}`;
