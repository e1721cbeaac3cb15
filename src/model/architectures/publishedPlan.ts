import type { ArchitectureName, PublishedArchitecture } from '../labModel';
import { type ArchitecturePlan, type PlanStep, parsePlan, type WrittenPlan } from './architecturePlan';
import { channelsOf } from './channelsOf';

/** Published architectures that are a sequence of layers. */
export type SequentialName = Exclude<ArchitectureName, 'resnet18'>;

export function isSequential<S extends { name: ArchitectureName }>(spec: S): spec is S & { name: SequentialName } {
  return spec.name !== 'resnet18';
}

/** The lab's own network for 64-pixel images and machines without a GPU: widths of its convolutions, by pooling. */
const smallCnnWidths = [[8], [16], [32], [64, 128]];
/** Configuration A of Simonyan and Zisserman 2014, arXiv 1409.1556. */
const vgg11Widths = [[64], [128], [256, 256], [512, 512], [512, 512]];
/** Units of the dense layers before the logits, where a VGG has its published head. */
const hiddenUnits = [4096, 4096];

const pooling: WrittenPlan[number] = { kind: 'max-pooling', size: 2 };

/** 3×3 convolutions with a bias, each with a ReLU, and 2×2 max-pooling between the groups. */
function convolutions(groups: readonly (readonly number[])[], batchNorm: { epsilon: number } | null): WrittenPlan[] {
  return groups.map((widths) => widths.map((filters) => ({ kind: 'convolution', filters, batchNorm })));
}

const features: Record<SequentialName, WrittenPlan> = {
  'small-cnn': convolutions(smallCnnWidths, null).flatMap((group, i) => (i === 0 ? group : [pooling, ...group])),
  vgg11: convolutions(vgg11Widths, null).flatMap((group) => [...group, pooling]),
  'vgg11-bn': convolutions(vgg11Widths, { epsilon: 1e-5 }).flatMap((group) => [...group, pooling]),
};

/** Dense layers with ReLU and dropout between them, as in torchvision's VGG. */
const denseHead: WrittenPlan = [
  { kind: 'flatten' },
  ...hiddenUnits.flatMap(
    (units): WrittenPlan => [
      { kind: 'dense', units },
      { kind: 'dropout', rate: 0.5 },
    ],
  ),
];

/**
 * A published architecture as a plan. VGG has torchvision's layout: with BatchNorm the convolutions keep their bias, ε is
 * 1e-5.
 */
export function publishedPlan({
  name,
  widthMultiplier,
  head = 'average',
}: Pick<PublishedArchitecture, 'widthMultiplier' | 'head'> & { name: SequentialName }): ArchitecturePlan {
  const plan = parsePlan([...features[name], ...(head === 'dense' ? denseHead : [{ kind: 'global-average' }])]);
  return plan.map((step) => widen(step, widthMultiplier));
}

function widen(step: PlanStep, widthMultiplier: number): PlanStep {
  if (step.kind === 'convolution') return { ...step, filters: channelsOf(step.filters, widthMultiplier) };
  return step.kind === 'dense' ? { ...step, units: channelsOf(step.units, widthMultiplier) } : step;
}
