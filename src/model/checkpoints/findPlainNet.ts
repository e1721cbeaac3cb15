import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Asker } from '../../foundation/openQuestion';
import type { Activation, ArchitecturePlan, PlanStep } from '../architectures/architecturePlan';
import { buildFromPlan } from '../architectures/buildFromPlan';
import { askActivation } from './askActivation';
import { askEpsilon } from './askNumber';
import { askReading } from './askReading';
import { askReduction } from './askReduction';
import { askHeadActivation, chooseHead, findHeads } from './findHeads';
import type { FoundNetwork } from './foundNetwork';
import type { FoundModule } from './listModules';
import {
  fittingReadings,
  paddingsOf,
  parsePool,
  parsePools,
  perConvolution,
  type Reading,
  type ReadingOptions,
} from './readings';
import { type FoundSequence, type FoundStep, isDepthwise, placeOf, sequenceOf } from './sequenceOf';
import { vggPoolsByName } from './vggByName';

/** torchvision's VGG, where its names say all but the activation. */
const vggReading = { strides: '1', padding: '1', pool: 'max-2' } as const;
const torchvisionHead = 'classifier.0,classifier.3,classifier.6';
/** Pixels per channel that its first dense layer reads. */
const vggCells = 49;
/** Sides of images, the likeliest first. */
const usualSides = [32, 64, 224, 128, 28, 96, 48, 160, 256];
/** Where numbers of convolutions alone have to do: the lab's small CNN, and VGG-11, 13, 16 and 19. */
const usualPools: Record<number, string> = {
  5: '1,2,3',
  8: '1,2,4,6,8',
  10: '2,4,6,8,10',
  13: '2,4,7,10,13',
  16: '2,4,8,12,16',
};

/**
 * Recognises networks of one path: convolutions, each reading the one before, with or without BatchNorm, then dense
 * layers. Activations, poolings, strides and paddings leave no weights: they are asked for, as far as the names of
 * torchvision's VGGs do not say them.
 */
export function findPlainNet(modules: FoundModule[]): FoundNetwork | null {
  const sequence = sequenceOf(modules);
  if (!sequence) return null;
  const { convolutions, dense } = sequence;
  const channels = convolutions.at(-1)!.module.shape[0]!;
  const stepOf = (module: FoundModule) => dense.find((step) => step.module === module)!;
  const heads = findHeads(
    dense.map(({ module }) => module),
    (inputs) => Number.isInteger(Math.sqrt(inputs / channels)),
  ).filter((head) => stepOf(head.at(-1)!).norm === null);
  if (heads.length === 0) return null;
  const vggPools = vggPoolsByName(convolutions);
  const cells = heads[0]![0]!.shape[1]! / channels;
  const isVgg = vggPools !== null && (cells === 1 || cells === vggCells);
  const hasNorm = convolutions.some(({ norm }) => norm !== null);
  const name = isVgg
    ? `VGG-${convolutions.length + 3}${hasNorm ? '-BN' : ''}`
    : `CNN of ${convolutions.length} convolution${convolutions.length === 1 ? '' : 's'}`;
  return {
    architecture: `${name} with ${cells === 1 ? 'global pooling' : 'dense layers'}`,
    ...(isVgg && {
      byName: `Names as in torchvision’s VGG: 2×2 max pooling behind the convolutions ${listOf([...vggPools])}, paddings of 1.`,
    }),
    usualImageSize: isVgg ? 224 : usualSide(convolutions, cells),
    claimed: [...convolutions, ...heads.flat().map(stepOf)].flatMap(({ module, norm }) =>
      norm ? [module, norm] : [module],
    ),
    plan(asker, imageSize) {
      if (!isVgg) askOrder(asker, hasNorm, convolutions[0]!.module.shape[1] === 1);
      const head = chooseHead(heads, asker);
      const used = { convolutions, dense: head.map(stepOf) };
      const isShared = isVgg && head.length > 1;
      const layers = isShared ? 'the convolutions and the dense layers before the last' : 'the convolutions';
      const activation = askActivation(asker, 'activation', `Which activation follows ${layers}?`);
      const reading = isVgg
        ? {
            ...vggReading,
            pools: vggPools.join(','),
            reduction: cells === 1 ? askReduction(asker) : ('flatten' as const),
          }
        : askReading(asker, usualOptions(convolutions), {
            imageSize,
            kernels: convolutions.map(({ module }) => module.shape[2]!),
            cells: head[0]!.shape[1]! / channels,
          });
      const plan = planOf(asker, used, reading, { activation, isShared });
      return {
        build: () =>
          buildFromPlan(plan, {
            name: isVgg ? name.toLowerCase().replaceAll('-', '') : 'cnn',
            seed: 1,
            imageSize,
            channels: convolutions[0]!.module.shape[1]!,
            classCount: head.at(-1)!.shape[0]!,
          }),
        isAdaptive: isVgg || reading.reduction === 'adaptive-average',
        moduleOf: (network) => moduleOf(network, used),
      };
    },
  };
}

function askOrder(asker: Asker, hasNorm: boolean, isGrey: boolean): void {
  const order = hasNorm ? 'BatchNorm, activation and pooling' : 'activation and pooling';
  asker.ask({
    key: 'order',
    question: `${isGrey ? 'Are its images grey, does' : 'Does'} each convolution read the one before alone, and do ${order} follow in this order?`,
    choices: [
      {
        value: 'sequential',
        label:
          'yes, and nothing else: no skips, dilation, transposed convolutions, paddings other than zeros, normalisations without weights, or sizes rounded up',
      },
    ],
  });
}

/** What is usual for these convolutions, the likeliest first. */
function usualOptions(convolutions: FoundStep[]): ReadingOptions {
  const count = convolutions.length;
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const widening = numbers.filter((n) => {
    const next = convolutions[n]?.module.shape[0];
    return next !== undefined && next > convolutions[n - 1]!.module.shape[0]!;
  });
  const leading = numbers.map((n) => numbers.slice(0, n));
  const pools = [
    poolsByPlace(convolutions),
    usualPools[count] ?? '',
    widening.length > 0 ? listOf([...widening, count]) : '',
    listOf(numbers.filter((n) => n % 2 === 0)),
    ...leading.toReversed().map(listOf),
    'none',
  ];
  return {
    reduction: ['average', 'max', 'flatten', 'adaptive-average'],
    padding: ['half', '0'],
    strides: ['1', '2', ...leading.slice(0, Math.min(5, count - 1)).map(({ length }) => stridesOf(length, count))],
    pools: [...new Set(pools)].filter((text) => text !== ''),
    pool: ['max-2', 'average-2', 'max-3-2', 'max-3-2-1'],
  };
}

/** Where numbers in the names leave room for an activation and a pooling; empty when they say nothing. */
function poolsByPlace(convolutions: FoundStep[]): string {
  const places = convolutions.map(({ module, norm }) => [placeOf(module), placeOf(norm ?? module)] as const);
  const gaps = places.slice(1).map(([start], i) => {
    const end = places[i]![1];
    return start && end && start.parent === end.parent ? start.index - end.index - 1 : 0;
  });
  if (!gaps.some((gap) => gap > 1)) return '';
  return listOf([...gaps.flatMap((gap, i) => (gap > 1 ? [i + 1] : [])), convolutions.length]);
}

const listOf = (numbers: number[]) => numbers.join(',');
/** Stride 2 at so many convolutions at the beginning, 1 at the others. */
const stridesOf = (halving: number, count: number) =>
  listOf(Array.from({ length: count }, (_, i) => (i < halving ? 2 : 1)));

/** The first of the usual sides with which usual layers leave as many pixels as the dense layer reads. */
function usualSide(convolutions: FoundStep[], cells: number): number {
  if (cells === 1) return 64;
  const options = { ...usualOptions(convolutions), strides: ['1'], reduction: ['flatten' as const] };
  const kernels = convolutions.map(({ module }) => module.shape[2]!);
  const fits = (imageSize: number) => fittingReadings(options, { imageSize, kernels, cells }).length > 0;
  return usualSides.find(fits) ?? 64;
}

/** @throws LabError `config-invalid` */
function planOf(
  asker: Asker,
  { convolutions, dense }: FoundSequence,
  reading: Reading,
  { activation, isShared }: { activation: Activation; isShared: boolean },
): ArchitecturePlan {
  const kernels = convolutions.map(({ module }) => module.shape[2]!);
  const strides = perConvolution(reading.strides, kernels.length)!;
  const paddings = paddingsOf(reading.padding, kernels)!;
  const pooled = parsePools(reading.pools, kernels.length)!;
  const pool = parsePool(reading.pool)!;
  const hidden = dense.slice(0, -1);
  const denseActivation = isShared ? activation : askHeadActivation(asker, dense);
  // Dropout leaves no weights and changes no prediction. Where torchvision's names leave room for it, training needs it.
  const hasDropout = isShared && dense.map(({ module }) => module.name).join() === torchvisionHead;
  const hasNorm = [...convolutions, ...hidden].some(({ norm }) => norm !== null);
  const batchNorm = hasNorm ? { epsilon: askEpsilon(asker) } : null;
  const after = ({ module, norm }: FoundStep) => ({ bias: module.hasBias, batchNorm: norm && batchNorm });
  return [
    ...convolutions.flatMap((step, i): PlanStep[] => [
      {
        ...(isDepthwise(step.module, convolutions[i - 1]?.module.shape[0])
          ? { kind: 'depthwise-convolution' }
          : { kind: 'convolution', filters: step.module.shape[0]! }),
        kernel: kernels[i]!,
        stride: strides[i]!,
        padding: paddings[i]!,
        ...after(step),
        activation,
      },
      ...(pooled.includes(i + 1) ? [pool] : []),
    ]),
    {
      kind: reading.reduction === 'average' ? 'global-average' : reading.reduction === 'max' ? 'global-max' : 'flatten',
    },
    ...hidden.flatMap((step): PlanStep[] => [
      { kind: 'dense', units: step.module.shape[0]!, ...after(step), activation: denseActivation },
      ...(hasDropout ? [{ kind: 'dropout' as const, rate: 0.5 }] : []),
    ]),
  ];
}

/** Layers with weights stand in the network in the order of the modules. */
function moduleOf(network: LayersModel, { convolutions, dense }: FoundSequence) {
  const steps = [...convolutions, ...dense];
  const names = {
    weights: steps.map(({ module }) => module.name),
    norms: steps.flatMap(({ norm }) => (norm ? [norm.name] : [])),
  };
  const found = new Map<string, string>();
  for (const layer of network.layers) {
    const kind = layer.getClassName();
    if (layer.weights.length === 0) continue;
    found.set(layer.name, (kind === 'BatchNormalization' ? names.norms : names.weights).shift()!);
  }
  return found;
}
