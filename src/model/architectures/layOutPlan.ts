import type { LabError } from '../../foundation/labError';
import type {
  Activation,
  ArchitecturePlan,
  ConvolutionStep,
  DenseStep,
  PlanStep,
  PoolingStep,
} from './architecturePlan';

import { type LayerDescription, type LayerSize, type NamedLayer, sizeLayer, type TfjsActivation } from './planLayer';
import { endProblem, stepProblem } from './stepProblem';

/** What a plan is laid out for. */
export interface PlanUse {
  /** Side of the images in pixels. */
  imageSize: number;
  /** Channels of the images; 3 when left out. */
  channels?: number;
  classCount: number;
}

/** A layer of the network that a plan describes. */
export type PlannedLayer = NamedLayer &
  LayerSize & {
    /** The step that it comes from, counted from 1; the layer that gives the logits comes from the step after the last. */
    step: number;
  };

/**
 * Every layer of the network that a plan describes, with its name, its output and its cost, without building it.
 *
 * Names: the n-th convolution, depthwise or not, is `conv<n>`, with `conv<n>.pad`, `bn<n>` and an activation such as
 * `relu<n>`; pooling n is `pool<n>`, with `pool<n>.pad`; then `gap`, `gmp` or `flatten`; dense layer n is `fc<n>`, with
 * `fcBn<n>` and `fcRelu<n>`; the last one, which gives the logits, is `fc` where it is the only one. Dropout right behind
 * dense layer n is `fcDropout<n>`, any other `dropout<n>`.
 *
 * @throws LabError `config-invalid`, naming the step that does not fit and the field
 */
export function layOutPlan(plan: ArchitecturePlan, use: PlanUse): PlannedLayer[] {
  const { layers, problem } = sketchPlan(plan, use);
  if (problem) throw problem;
  return layers;
}

/** A plan as far as it fits together. */
export interface PlanSketch {
  layers: PlannedLayer[];
  /** Why it goes no further; null when it ends with logits. */
  problem: LabError | null;
}

/** The layers of a plan up to the first step that does not fit. */
export function sketchPlan(plan: ArchitecturePlan, { imageSize, channels = 3, classCount }: PlanUse): PlanSketch {
  const layers: PlannedLayer[] = [];
  const counts: StepCounts = { convolutions: 0, poolings: 0, dense: 0, dropouts: 0 };
  let shape = [imageSize, imageSize, channels];
  let isNonNegative = false;
  const add = (step: number, layer: NamedLayer) => {
    const size = sizeLayer(layer, shape);
    layers.push({ ...layer, ...size, step });
    shape = size.outputShape;
    isNonNegative = staysNonNegative(layer, isNonNegative);
  };
  for (const [index, step] of plan.entries()) {
    const problem = stepProblem(plan, index, { shape, isNonNegative });
    if (problem) return { layers, problem };
    const behind = plan[index - 1]?.kind ?? null;
    for (const layer of layersOf(step, { counts, behind, isNonNegative })) add(index + 1, layer);
  }
  const problem = endProblem(plan, shape);
  if (problem) return { layers, problem };
  const name = counts.dense === 0 ? 'fc' : `fc${counts.dense + 1}`;
  add(plan.length + 1, { kind: 'Dense', name, units: classCount, bias: true });
  return { layers, problem: null };
}

/** The shape behind every step of a plan: height, width and channels, or how many numbers. @throws LabError as `layOutPlan` */
export function shapesOfPlan(plan: ArchitecturePlan, use: Omit<PlanUse, 'classCount'>): number[][] {
  const layers = layOutPlan(plan, { ...use, classCount: 1 });
  return plan.map((_, index) => layers.findLast(({ step }) => step <= index + 1)?.outputShape ?? inputShape(use));
}

const inputShape = ({ imageSize, channels = 3 }: Omit<PlanUse, 'classCount'>) => [imageSize, imageSize, channels];

/** How many of each kind there were before. */
interface StepCounts {
  convolutions: number;
  poolings: number;
  dense: number;
  dropouts: number;
}

interface StepPlace {
  counts: StepCounts;
  /** The step before. */
  behind: PlanStep['kind'] | null;
  /** Whether no number that comes in is below 0. */
  isNonNegative: boolean;
}

/** The layers of one step, in their order. */
function layersOf(step: PlanStep, { counts, behind, isNonNegative }: StepPlace): NamedLayer[] {
  switch (step.kind) {
    case 'convolution':
    case 'depthwise-convolution':
      return convolutionLayers(step, ++counts.convolutions);
    case 'max-pooling':
    case 'average-pooling':
      return poolingLayers(step, `pool${++counts.poolings}`, isNonNegative);
    case 'global-average':
      return [{ kind: 'GlobalAveragePooling2D', name: 'gap' }];
    case 'global-max':
      return [{ kind: 'GlobalMaxPooling2D', name: 'gmp' }];
    case 'flatten':
      return [{ kind: 'Flatten', name: 'flatten' }];
    case 'dense':
      return denseLayers(step, ++counts.dense);
    case 'dropout': {
      const name = behind === 'dense' ? `fcDropout${counts.dense}` : `dropout${++counts.dropouts}`;
      return [{ kind: 'Dropout', name, rate: step.rate }];
    }
  }
}

function convolutionLayers(step: ConvolutionStep, number: number): NamedLayer[] {
  const { kernel, stride, bias, batchNorm, activation } = step;
  const name = `conv${number}`;
  const { pixels, padding } = splitPadding(step.padding, kernel, stride);
  const shared = { name, kernel, stride, padding, bias };
  return [
    ...paddingLayers(name, pixels),
    step.kind === 'convolution'
      ? { kind: 'Conv2D', filters: step.filters, ...shared }
      : { kind: 'DepthwiseConv2D', ...shared },
    ...(batchNorm ? [{ kind: 'BatchNormalization' as const, name: `bn${number}`, ...batchNorm }] : []),
    ...activationLayers(activation, (activationName) => `${activationName}${number}`),
  ];
}

function denseLayers({ units, bias, batchNorm, activation }: DenseStep, number: number): NamedLayer[] {
  return [
    { kind: 'Dense', name: `fc${number}`, units, bias },
    ...(batchNorm ? [{ kind: 'BatchNormalization' as const, name: `fcBn${number}`, ...batchNorm }] : []),
    ...activationLayers(activation, (name) => `fc${name[0]!.toUpperCase()}${name.slice(1)}${number}`),
  ];
}

/**
 * The maximum leaves the padding out, as if it were -∞. Zeros do the same where nothing is below 0. Elsewhere the maximum
 * around every pixel is taken, which tfjs pads in that way, and of those every stride-th.
 */
function poolingLayers(step: PoolingStep, name: string, isNonNegative: boolean): NamedLayer[] {
  const { size, stride = size } = step;
  const kind = step.kind === 'max-pooling' ? 'MaxPooling2D' : 'AveragePooling2D';
  if (typeof step.padding === 'string') return [{ kind, name, size, stride, padding: step.padding }];
  if (step.padding > 0 && kind === 'MaxPooling2D' && !isNonNegative) {
    const around: NamedLayer = { kind, name, size, stride: 1, padding: 'same' };
    return stride === 1
      ? [around]
      : [
          { ...around, name: `${name}.around` },
          { kind, name, size: 1, stride, padding: 'valid' },
        ];
  }
  return [...paddingLayers(name, step.padding), { kind, name, size, stride, padding: 'valid' }];
}

/** Padding in pixels as what tfjs does itself, where it does the same, and the pixels that a layer before it has to add. */
function splitPadding(padding: ConvolutionStep['padding'], kernel: number, stride: number) {
  if (typeof padding === 'string') return { pixels: 0, padding };
  const isSame = stride === 1 && 2 * padding === kernel - 1;
  return isSame ? { pixels: 0, padding: 'same' as const } : { pixels: padding, padding: 'valid' as const };
}

function paddingLayers(name: string, pixels: number): NamedLayer[] {
  return pixels === 0 ? [] : [{ kind: 'ZeroPadding2D', name: `${name}.pad`, pixels }];
}

/** The tfjs name of an activation that has one, and the name of its layers. */
const tfjsActivations: Record<Exclude<Activation, 'none' | object>, { activation: TfjsActivation; layer: string }> = {
  relu: { activation: 'relu', layer: 'relu' },
  elu: { activation: 'elu', layer: 'elu' },
  gelu: { activation: 'gelu', layer: 'gelu' },
  silu: { activation: 'swish', layer: 'silu' },
  tanh: { activation: 'tanh', layer: 'tanh' },
  sigmoid: { activation: 'sigmoid', layer: 'sigmoid' },
};

/** The layer of an activation; none for `none`. @param nameOf its name, of that of the activation: `relu`, `leakyRelu`, … */
export function activationLayers(activation: Activation, nameOf: (activation: string) => string): NamedLayer[] {
  if (activation === 'none') return [];
  if (typeof activation === 'object') {
    return [{ kind: 'LeakyReLU', name: nameOf('leakyRelu'), slope: activation.slope }];
  }
  const { layer, ...description } = tfjsActivations[activation];
  return [{ kind: 'Activation', name: nameOf(layer), ...description }];
}

/** Whether no number behind a layer is below 0, given whether none before it is. */
function staysNonNegative(layer: LayerDescription, before: boolean): boolean {
  switch (layer.kind) {
    case 'Conv2D':
    case 'DepthwiseConv2D':
    case 'BatchNormalization':
    case 'Dense':
      return false;
    case 'Activation':
      return before || layer.activation === 'relu' || layer.activation === 'sigmoid';
    default:
      return before;
  }
}
