import type { layers } from '@tensorflow/tfjs-layers';
import { inputShapeOf, isChannelsFirst, layerOption } from './layerOptions';
import { layerWeights, sizeOf } from './layerWeights';
import { forgottenMultiplier } from './networkConfig';

/**
 * Which channel of the pruned layer each position of a tensor's last axis belongs to; -1 where it belongs to none.
 * Flattening repeats the channels, a depthwise multiplier doubles each, a concatenation would shift them.
 */
export type Owners = Int32Array;

/** A weight with one slice per position of an axis along which channels lie. */
export interface ChannelSlices {
  layer: string;
  weight: string;
  axis: number;
  owners: Owners;
  /** Whether a mask has to zero these slices for the channel to fall silent, or whether they are only cut with it. */
  silenced: boolean;
}

/** What a layer does to channels that enter it. */
export type ChannelStep =
  /** The channels leave it, laid out as `owners` says. */
  | { kind: 'passes'; slices: ChannelSlices[]; owners: Owners }
  /** They end here: the layer mixes them into outputs of its own. */
  | { kind: 'ends'; slices: ChannelSlices[] }
  | { kind: 'refused'; reason: string };

type ChannelRule = (layer: layers.Layer, owners: Owners) => ChannelStep;

/** Activations with f(0) = 0: only behind them is a removed channel the same as a silent one. */
const zeroKeepingActivations = new Set([
  '',
  'linear',
  'relu',
  'relu6',
  'elu',
  'selu',
  'tanh',
  'softsign',
  'swish',
  'mish',
  'gelu',
  'gelu_new',
]);

/** Why a layer's (own or fused) activation stands in the way of pruning; null when it does not. */
export function activationObstacle(layer: layers.Layer): string | null {
  const activation = layerOption(layer, 'activation');
  if (zeroKeepingActivations.has(activation)) return null;
  return `the activation "${activation}" of "${layer.name}" does not map 0 to 0, so that removing a channel would not equal silencing it`;
}

const pass: ChannelRule = (_layer, owners) => ({ kind: 'passes', slices: [], owners });

const passActivation: ChannelRule = (layer, owners) => {
  const reason = activationObstacle(layer);
  return reason ? { kind: 'refused', reason } : { kind: 'passes', slices: [], owners };
};

/** Everything that has one number per position of the last axis: BatchNorm's vectors, PReLU's slopes. */
function cutLastAxis(layer: layers.Layer, owners: Owners, silenced: (weight: string) => boolean): ChannelSlices[] {
  return layerWeights(layer)
    .filter(({ shape }) => shape.at(-1) === owners.length)
    .map(({ name, shape }) => ({
      layer: layer.name,
      weight: name,
      axis: shape.length - 1,
      owners,
      silenced: silenced(name),
    }));
}

const batchNormalization: ChannelRule = (layer, owners) => {
  const axis = Number(layerOption(layer, 'axis'));
  if (axis !== -1 && axis !== inputShapeOf(layer).length - 1) {
    return { kind: 'refused', reason: `"${layer.name}" normalises along axis ${axis}, not along the channels` };
  }
  // Without a scale the mean would still come through as -mean / deviation.
  const silent = layerOption(layer, 'scale') === 'false' ? ['beta', 'moving_mean'] : ['gamma', 'beta'];
  return { kind: 'passes', slices: cutLastAxis(layer, owners, (weight) => silent.includes(weight)), owners };
};

const prelu: ChannelRule = (layer, owners) => ({
  kind: 'passes',
  slices: layerOption(layer, 'sharedAxes')
    .split(',')
    .includes(String(inputShapeOf(layer).length - 1))
    ? []
    : cutLastAxis(layer, owners, () => false),
  owners,
});

const flatten: ChannelRule = (layer, owners) => {
  const positions = sizeOf(inputShapeOf(layer).slice(1, -1));
  if (positions === 0) return { kind: 'refused', reason: `"${layer.name}" flattens maps of unknown size` };
  return { kind: 'passes', slices: [], owners: Int32Array.from(repeatWhole(owners, positions)) };
};

const depthwise: ChannelRule = (layer, owners) => {
  const reason = activationObstacle(layer);
  if (reason) return { kind: 'refused', reason };
  const multiplied = repeatEach(owners, Number(layerOption(layer, 'depthMultiplier')));
  const slices = layerWeights(layer).map(({ name }) =>
    name === 'bias'
      ? { layer: layer.name, weight: name, axis: 0, owners: multiplied, silenced: true }
      : { layer: layer.name, weight: name, axis: 2, owners, silenced: false },
  );
  return { kind: 'passes', slices, owners: multiplied };
};

/** Ends the channels in a weight that has its inputs along the given axis. */
function readBy(weight: string, axis: number): ChannelRule {
  return (layer, owners) => ({
    kind: 'ends',
    slices: [{ layer: layer.name, weight, axis, owners, silenced: false }],
  });
}

const separable: ChannelRule = (layer, owners) => {
  const multiplied = repeatEach(owners, forgottenMultiplier(layer)!);
  return {
    kind: 'ends',
    slices: [
      { layer: layer.name, weight: 'depthwise_kernel', axis: 2, owners, silenced: false },
      { layer: layer.name, weight: 'pointwise_kernel', axis: 2, owners: multiplied, silenced: false },
    ],
  };
};

const refuse =
  (why: string): ChannelRule =>
  (layer) => ({ kind: 'refused', reason: `"${layer.name}" ${why}` });

/** What each kind of layer does to channels that enter it. A kind that is not listed is refused. */
const channelRules: Record<string, ChannelRule> = {
  Activation: passActivation,
  ReLU: pass,
  LeakyReLU: pass,
  ELU: pass,
  ThresholdedReLU: pass,
  PReLU: prelu,
  Dropout: pass,
  AlphaDropout: pass,
  GaussianDropout: pass,
  GaussianNoise: pass,
  MaxPooling2D: pass,
  AveragePooling2D: pass,
  GlobalAveragePooling2D: pass,
  GlobalMaxPooling2D: pass,
  ZeroPadding2D: pass,
  Cropping2D: pass,
  UpSampling2D: pass,
  BatchNormalization: batchNormalization,
  Flatten: flatten,
  DepthwiseConv2D: depthwise,
  Conv2D: readBy('kernel', 2),
  Conv2DTranspose: readBy('kernel', 3),
  SeparableConv2D: separable,
  Dense: readBy('kernel', 0),
  Softmax: refuse('mixes the channels'),
  LayerNormalization: refuse('normalises over all channels together'),
};

/** Takes channels one layer further. */
export function stepThrough(layer: layers.Layer, owners: Owners): ChannelStep {
  const kind = layer.getClassName();
  const rule = channelRules[kind];
  if (!rule) return { kind: 'refused', reason: `it is not known what "${layer.name}" (${kind}) does to channels` };
  if (isChannelsFirst(layer)) {
    return { kind: 'refused', reason: `"${layer.name}" keeps its channels first, where the lab expects them last` };
  }
  return rule(layer, owners);
}

function repeatEach(owners: Owners, times: number): Owners {
  return Int32Array.from({ length: owners.length * times }, (_, i) => owners[Math.floor(i / times)]!);
}

function* repeatWhole(owners: Owners, times: number) {
  for (let i = 0; i < times; i++) yield* owners;
}
