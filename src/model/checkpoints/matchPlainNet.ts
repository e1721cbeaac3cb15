import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ConvPlan, smallCnnPlan, vgg11Plan } from '../architectures/architecturePlans';
import { buildPlainConvNet } from '../architectures/buildPlainConvNet';
import { type ArchitectureName, architectureLabels } from '../labModel';
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

const plans = { vgg11: vgg11Plan, 'small-cnn': smallCnnPlan } as const;

/**
 * Recognises VGG-11, VGG-11-BN and the small CNN of any widths by the order and the shapes of their weights: 3×3
 * convolutions each reading the one before, with or without BatchNorm, then one or three linear layers.
 */
export function matchPlainNet(modules: FoundModule[]): MatchedNetwork | null {
  const convolutions = modules.filter(({ kind }) => kind === 'convolution');
  const norms = modules.filter(({ kind }) => kind === 'batch normalisation');
  const linears = modules.filter(({ kind }) => kind === 'linear');
  const isChain = convolutions.every(
    ({ shape }, i) => shape[1] === (i === 0 ? 3 : convolutions[i - 1]!.shape[0]) && shape[2] === 3 && shape[3] === 3,
  );
  const batchNorm = norms.length > 0;
  const entry = Object.entries(plans).find(
    ([, plan]) => convolutions.length === plan.filter((step) => step !== 'M').length,
  );
  const fits = isChain && entry && (norms.length === 0 || norms.length === convolutions.length);
  if (!fits || modules.some(({ kind }) => kind === 'other') || (linears.length !== 1 && linears.length !== 3))
    return null;
  const last = convolutions.at(-1)!.shape[0]!;
  const head = linears.length === 3 ? 'dense' : 'average';
  if (linears[0]!.shape[1] !== (head === 'dense' ? 49 * last : last)) return null;
  const [name, published] = entry as [keyof typeof plans, ConvPlan];
  const widths = convolutions.map(({ shape }) => shape[0]!);
  const plan = withWidths(published, widths);
  const labName: ArchitectureName = batchNorm && name === 'vgg11' ? 'vgg11-bn' : name;
  const usualImageSize = name === 'vgg11' ? 224 : 64;
  return {
    architecture: `${architectureLabels[labName]} with ${head === 'dense' ? 'dense layers' : 'global average pooling'}`,
    usualImageSize,
    moduleOf: new Map([
      ...convolutions.map((module, i): [string, string] => [`conv${i + 1}`, module.name]),
      ...norms.map((module, i): [string, string] => [`bn${i + 1}`, module.name]),
      ...linears.map((module, i): [string, string] => [head === 'dense' ? `fc${i + 1}` : 'fc', module.name]),
    ]),
    build: (imageSize) =>
      buildPlainConvNet(
        plan,
        { name: labName, imageSize, classCount: linears.at(-1)!.shape[0]!, widthMultiplier: 1, seed: 1, head },
        { batchNorm, hiddenUnits: linears.slice(0, -1).map(({ shape }) => shape[0]!) },
      ),
  };
}

/** A plan with other channel counts at its convolutions. */
function withWidths(plan: ConvPlan, widths: number[]): ConvPlan {
  let next = 0;
  return plan.map((step) => (step === 'M' ? 'M' : widths[next++]!));
}
