import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ArchitecturePlan, type BatchNorm, usualEpsilon } from '../architectures/architecturePlan';
import { buildFromPlan } from '../architectures/buildFromPlan';
import { publishedPlan, type SequentialName } from '../architectures/publishedPlan';
import { architectureLabels, channelCounts, type HeadKind } from '../labModel';
import type { FoundModule } from './listModules';

/** A network that fits a state dict, not yet with its weights. */
export interface MatchedNetwork {
  /** What it is, in words. */
  architecture: string;
  /** Side of the images where a checkpoint of this kind does not say. */
  usualImageSize: number;
  /** Module of the checkpoint by layer of the network. */
  moduleOf: Map<string, string>;
  build(imageSize: number): LayersModel;
}

/** Architectures by their number of convolutions. */
const nameByConvolutions: Record<number, SequentialName> = { 5: 'small-cnn', 8: 'vgg11' };

/**
 * Recognises VGG-11, VGG-11-BN and the small CNN of any widths by the order and the shapes of their weights: 3×3
 * convolutions each reading the one before, with or without BatchNorm, then one or three linear layers.
 */
export function matchPlainNet(modules: FoundModule[]): MatchedNetwork | null {
  const convolutions = modules.filter(({ kind }) => kind === 'convolution');
  const norms = modules.filter(({ kind }) => kind === 'batch normalisation');
  const linears = modules.filter(({ kind }) => kind === 'linear');
  const channels = channelCounts.find((count) => count === convolutions[0]?.shape[1]);
  const isChain = convolutions.every(
    ({ shape }, i) =>
      shape[1] === (i === 0 ? channels : convolutions[i - 1]!.shape[0]) && shape[2] === 3 && shape[3] === 3,
  );
  const head: HeadKind = linears.length === 3 ? 'dense' : 'average';
  const name = nameByConvolutions[convolutions.length];
  const fits = isChain && name && (norms.length === 0 || norms.length === convolutions.length);
  if (!fits || modules.some(({ kind }) => kind === 'other') || (linears.length !== 1 && linears.length !== 3))
    return null;
  const last = convolutions.at(-1)!.shape[0]!;
  if (linears[0]!.shape[1] !== (head === 'dense' ? 49 * last : last)) return null;
  const labName: SequentialName = norms.length > 0 && name === 'vgg11' ? 'vgg11-bn' : name;
  const plan = withWidths(publishedPlan({ name: labName, widthMultiplier: 1, head }), {
    filters: convolutions.map(({ shape }) => shape[0]!),
    units: linears.slice(0, -1).map(({ shape }) => shape[0]!),
    batchNorm: norms.length > 0 ? { epsilon: usualEpsilon } : null,
  });
  return {
    architecture: `${architectureLabels[labName]} with ${head === 'dense' ? 'dense layers' : 'global average pooling'}`,
    usualImageSize: name === 'vgg11' ? 224 : 64,
    moduleOf: new Map([
      ...convolutions.map((module, i): [string, string] => [`conv${i + 1}`, module.name]),
      ...norms.map((module, i): [string, string] => [`bn${i + 1}`, module.name]),
      ...linears.map((module, i): [string, string] => [head === 'dense' ? `fc${i + 1}` : 'fc', module.name]),
    ]),
    build: (imageSize) =>
      buildFromPlan(plan, { name: labName, imageSize, channels, classCount: linears.at(-1)!.shape[0]!, seed: 1 }),
  };
}

/** A plan with other channel counts, at its convolutions and dense layers in turn, and with or without BatchNorm. */
function withWidths(
  plan: ArchitecturePlan,
  { filters, units, batchNorm }: { filters: number[]; units: number[]; batchNorm: BatchNorm },
): ArchitecturePlan {
  let [convolutions, dense] = [0, 0];
  return plan.map((step) => {
    if (step.kind === 'convolution') return { ...step, filters: filters[convolutions++]!, batchNorm };
    return step.kind === 'dense' ? { ...step, units: units[dense++]! } : step;
  });
}
