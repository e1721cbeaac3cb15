import * as z from 'zod/mini';
import { LabError } from '../../foundation/labError';

/** From and to: what the numbers of a plan can be. */
export const planLimits = {
  filters: [1, 4096],
  kernel: [1, 31],
  stride: [1, 16],
  padding: [0, 64],
  poolSize: [1, 64],
  units: [1, 16_384],
} as const;
/** Most steps of a plan. */
export const mostSteps = 200;

function whole([least, most]: readonly [number, number]) {
  const words = `must be a whole number from ${least} to ${most}`;
  return z.int(words).check(z.gte(least, words), z.lte(most, words));
}

function between(least: number, most: number, words: string) {
  return z.number(words).check(z.gte(least, words), z.lte(most, words));
}

const flag = z.boolean('must be true or false');

/**
 * `same`: as many pixels, on the right and below one more where the count is odd, that the output has ⌈side / stride⌉
 * pixels, as in Keras; `valid`: none; a number: so many on every side, as in PyTorch.
 */
const padding = z.union(
  [z.enum(['same', 'valid']), whole(planLimits.padding)],
  `must be "same", "valid" or the number of pixels on every side, from 0 to ${planLimits.padding[1]}`,
);
export type Padding = z.output<typeof padding>;

/**
 * Activations that have no number of their own. ELU has α = 1; `gelu` is exact. Its tanh approximation is not here: tfjs
 * 4.22 computes it, and cannot read a network that has it.
 */
export const plainActivations = ['relu', 'elu', 'gelu', 'silu', 'tanh', 'sigmoid', 'none'] as const;
/** PyTorch's slope of a leaky ReLU. */
export const usualSlope = 0.01;

const activation = z.union(
  [
    z.enum(plainActivations),
    z.strictObject({
      name: z.literal('leaky-relu'),
      /** What negative numbers are multiplied by, 0 to 1. */
      slope: z._default(between(0, 1, 'must be a number from 0 to 1'), usualSlope),
    }),
  ],
  `must be one of ${plainActivations.join(', ')}, or {"name": "leaky-relu", "slope": ${usualSlope}} with a slope from 0 to 1`,
);
export type Activation = z.output<typeof activation>;

/** ε as in PyTorch's BatchNorm and torchvision's networks; Keras has 0.001. */
export const usualEpsilon = 1e-5;

const epsilonWords = 'must be a number above 0 and at most 1';
const batchNorm = z.nullable(
  z.strictObject(
    {
      /** What is added to the variance, above 0 and at most 1. */
      epsilon: z._default(z.number(epsilonWords).check(z.gt(0, epsilonWords), z.lte(1, epsilonWords)), usualEpsilon),
    },
    `must be null or {"epsilon": ${usualEpsilon}} with a number above 0 and at most 1`,
  ),
);
export type BatchNorm = z.output<typeof batchNorm>;

/** What follows the weights of a convolution or a dense layer, in this order: bias, BatchNorm, activation. */
const afterWeights = {
  bias: z._default(flag, true),
  batchNorm: z._default(batchNorm, null),
  activation: z._default(activation, 'relu'),
};

/** What every convolution has; the kernel and the stride are the same along both sides. */
const convolutionFields = {
  kernel: z._default(whole(planLimits.kernel), 3),
  stride: z._default(whole(planLimits.stride), 1),
  padding: z._default(padding, 'same'),
  ...afterWeights,
};

const poolingFields = {
  /** Side of the window in pixels. */
  size: z._default(whole(planLimits.poolSize), 2),
  /** Pixels from window to window; the size when left out. */
  stride: z.optional(whole(planLimits.stride)),
  /** At most half of the size. The maximum leaves these pixels out, the average counts them as zeros, as in PyTorch. */
  padding: z._default(padding, 'valid'),
};

const planStep = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('convolution'),
      /** Channels that it makes. */
      filters: whole(planLimits.filters),
      ...convolutionFields,
    }),
    /** One kernel per channel. With a convolution of kernel 1 behind it, it is a depthwise-separable convolution. */
    z.strictObject({ kind: z.literal('depthwise-convolution'), ...convolutionFields }),
    z.strictObject({ kind: z.literal('max-pooling'), ...poolingFields }),
    z.strictObject({ kind: z.literal('average-pooling'), ...poolingFields }),
    /** The average, or the maximum, of every map: one number per channel. */
    z.strictObject({ kind: z.literal('global-average') }),
    z.strictObject({ kind: z.literal('global-max') }),
    /** Every pixel of every map as a number of its own. */
    z.strictObject({ kind: z.literal('flatten') }),
    /** A dense layer before the one that gives the logits. */
    z.strictObject({ kind: z.literal('dense'), units: whole(planLimits.units), ...afterWeights }),
    z.strictObject({
      kind: z.literal('dropout'),
      /** Share of the numbers that training sets to zero, 0 to 0.95. */
      rate: between(0, 0.95, 'must be a number from 0 to 0.95'),
    }),
  ],
  {
    error: () =>
      'must be one of convolution, depthwise-convolution, max-pooling, average-pooling, global-average, global-max, flatten, dense, dropout',
  },
);

/** The steps of a plan; what is left out is filled in. */
export const architecturePlanSchema = z
  .array(planStep, 'must be a list of steps')
  .check(z.minLength(1, 'must have at least one step'), z.maxLength(mostSteps, `must have at most ${mostSteps} steps`));

export type PlanStep = z.output<typeof planStep>;
export type StepKind = PlanStep['kind'];
export type ConvolutionStep = Extract<PlanStep, { kind: 'convolution' | 'depthwise-convolution' }>;
export type PoolingStep = Extract<PlanStep, { kind: 'max-pooling' | 'average-pooling' }>;
export type DenseStep = Extract<PlanStep, { kind: 'dense' }>;

/**
 * A network as a sequence: steps on maps, one that makes numbers of them (`global-average`, `global-max`, `flatten`),
 * dense layers. The dense layer that gives the logits is not in it: it follows the last step, with one output per class.
 */
export type ArchitecturePlan = readonly PlanStep[];

/** A plan as it is written: fields may be left out that have a usual value. */
export type WrittenPlan = z.input<typeof architecturePlanSchema>;

/**
 * Checks a plan's fields and fills in what is left out. Whether the steps fit together depends on the images too:
 * see `layOutPlan`.
 * @throws LabError `config-invalid`, naming the step (counted from 1) and the field
 */
export function parsePlan(value: unknown): ArchitecturePlan {
  const parsed = architecturePlanSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const [index, ...path] = issue.path;
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const field = [...path, ...unknown.slice(0, 1)].join('.') || 'kind';
  if (typeof index !== 'number') {
    throw new LabError({
      code: 'config-invalid',
      message: `The plan ${issue.message}.`,
      hint: 'Write the plan as a list of steps, for example [{"kind": "convolution", "filters": 8}, {"kind": "global-average"}].',
      details: { field: 'plan' },
    });
  }
  throw planError(index + 1, field, {
    message: unknown.length > 0 ? `there is no field "${field}" here` : `"${field}" ${issue.message}`,
    hint:
      unknown.length > 0 ? 'Take the field away. The README lists the fields of every step.' : 'Correct this field.',
  });
}

/** What is wrong with a step, as an error that names it. @param step counted from 1 */
export function planError(step: number, field: string, { message, hint }: { message: string; hint: string }): LabError {
  return new LabError({
    code: 'config-invalid',
    message: `Step ${step}: ${message}.`,
    hint,
    details: { step, field },
  });
}
