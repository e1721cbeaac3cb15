import type { layers } from '@tensorflow/tfjs-layers';
import { inputShapesOf, isChannelsFirst, layerOption, outputShapeOf } from './layerOptions';
import { layerWeights, sizeOf } from './layerWeights';
import { forgottenMultiplier } from './networkConfig';

/** For each position of an output's last axis, the position of an input's last axis that it is made of; -1 for none. */
export type Links = Int32Array;

/** A weight with one slice per channel along one of its axes. */
export interface ChannelSlices {
  weight: string;
  axis: number;
  /** Whether the channels are those that enter the layer or those that leave it. */
  side: 'input' | 'output';
  /** For each slice the channel, as a position of that side's last axis. */
  channels: Int32Array;
  /** Whether a mask has to zero these slices for the channel to fall silent, or whether they are only cut with it. */
  silences: boolean;
}

/** How the channels that enter a layer, those that leave it, and its weights hang together. */
export interface LayerChannels {
  /** One per input; null when the layer mixes what it reads into channels of its own. */
  links: Links[] | null;
  slices: ChannelSlices[];
}

/** The same as a rule per kind of layer; a text says why channels cannot be followed through it. */
type ChannelRule = (layer: layers.Layer) => LayerChannels | string;

const identity = (count: number): Links => Int32Array.from({ length: count }, (_, position) => position);
const repeatEach = (count: number, times: number) =>
  Int32Array.from({ length: count * times }, (_, i) => Math.floor(i / times));

const channelsIn = (layer: layers.Layer) => inputShapesOf(layer)[0]!.at(-1)!;
const channelsOut = (layer: layers.Layer) => outputShapeOf(layer).at(-1)!;

/** Every channel leaves where it entered. */
const carry: ChannelRule = (layer) => ({ links: [identity(channelsOut(layer))], slices: [] });

/** Everything that has one number per channel: BatchNorm's vectors, those of each group as rows, PReLU's slopes. */
function lastAxisSlices(layer: layers.Layer, silences: (weight: string) => boolean): ChannelSlices[] {
  const channels = identity(channelsOut(layer));
  return layerWeights(layer)
    .filter(({ shape }) => shape.at(-1) === channels.length)
    .map(({ name, shape }) => ({
      weight: name,
      axis: shape.length - 1,
      side: 'output',
      channels,
      silences: silences(name),
    }));
}

const batchNormalization: ChannelRule = (layer) => {
  // Keras writes the axis as a number or as a list of one.
  const axis = Number(layerOption(layer, 'axis').replaceAll(/[[\]]/g, ''));
  if (axis !== -1 && axis !== outputShapeOf(layer).length - 1) {
    return `"${layer.name}" normalises along axis ${axis}, not along the channels`;
  }
  return normalization(layer);
};

const normalization: ChannelRule = (layer) => {
  // Without a scale the mean would still come through as -mean / deviation.
  const silent = layerOption(layer, 'scale') === 'false' ? ['beta', 'moving_mean'] : ['gamma', 'beta'];
  return {
    links: [identity(channelsOut(layer))],
    slices: lastAxisSlices(layer, (weight) => silent.includes(weight)),
  };
};

const prelu: ChannelRule = (layer) => {
  const lastAxis = String(outputShapeOf(layer).length - 1);
  const isShared = layerOption(layer, 'sharedAxes').split(/\D+/).includes(lastAxis);
  return { links: [identity(channelsOut(layer))], slices: isShared ? [] : lastAxisSlices(layer, () => false) };
};

/** Flattening, and any reshaping whose last axis holds whole sets of channels: position j is of channel j mod C. */
const reshape: ChannelRule = (layer) => {
  const [before, after] = [channelsIn(layer), channelsOut(layer)];
  if (sizeOf(inputShapesOf(layer)[0]!.slice(1)) === 0) return `"${layer.name}" reshapes maps of unknown size`;
  if (after % before !== 0) return `"${layer.name}" tears channels apart`;
  return { links: [Int32Array.from({ length: after }, (_, position) => position % before)], slices: [] };
};

const depthwise: ChannelRule = (layer) => {
  const inputs = channelsIn(layer);
  const links = repeatEach(inputs, Number(layerOption(layer, 'depthMultiplier') || 1));
  const slices = layerWeights(layer).map(
    ({ name }): ChannelSlices =>
      name === 'bias'
        ? { weight: name, axis: 0, side: 'output', channels: identity(links.length), silences: true }
        : { weight: name, axis: 2, side: 'input', channels: identity(inputs), silences: false },
  );
  return { links: [links], slices };
};

/** A layer that mixes its inputs into channels of its own, in a kernel with the axes given. */
const mix =
  (weight: string, inputAxis: number, outputAxis: number): ChannelRule =>
  (layer) => {
    const outputs = identity(channelsOut(layer));
    const slices: ChannelSlices[] = [
      { weight, axis: inputAxis, side: 'input', channels: identity(channelsIn(layer)), silences: false },
      { weight, axis: outputAxis, side: 'output', channels: outputs, silences: true },
    ];
    return { links: null, slices: hasBias(layer) ? [...slices, bias(outputs)] : slices };
  };

const separable: ChannelRule = (layer) => {
  const inputs = channelsIn(layer);
  const outputs = identity(channelsOut(layer));
  const pointwise = { weight: 'pointwise_kernel', silences: false } as const;
  const slices: ChannelSlices[] = [
    { weight: 'depthwise_kernel', axis: 2, side: 'input', channels: identity(inputs), silences: false },
    { ...pointwise, axis: 2, side: 'input', channels: repeatEach(inputs, forgottenMultiplier(layer)!) },
    { ...pointwise, axis: 3, side: 'output', channels: outputs, silences: true },
  ];
  return { links: null, slices: hasBias(layer) ? [...slices, bias(outputs)] : slices };
};

const hasBias = (layer: layers.Layer) => layerWeights(layer).some(({ name }) => name === 'bias');
const bias = (channels: Int32Array): ChannelSlices => ({
  weight: 'bias',
  axis: 0,
  side: 'output',
  channels,
  silences: true,
});

/** Additions and the like: channel k of every input meets channel k of the others. An input of one channel meets all. */
const join: ChannelRule = (layer) => {
  const count = channelsOut(layer);
  const widths = inputShapesOf(layer).map((shape) => shape.at(-1)!);
  if (widths.some((width) => width !== count && width !== 1)) return `"${layer.name}" joins maps of unequal width`;
  return {
    links: widths.map((width) => (width === count ? identity(count) : new Int32Array(count).fill(-1))),
    slices: [],
  };
};

const concatenate: ChannelRule = (layer) => {
  const axis = Number(layerOption(layer, 'axis') || -1);
  const rank = outputShapeOf(layer).length;
  if (axis !== -1 && axis !== rank - 1) return `"${layer.name}" joins along axis ${axis}, not along the channels`;
  const count = channelsOut(layer);
  let offset = 0;
  const links = inputShapesOf(layer).map((shape) => {
    const width = shape.at(-1)!;
    const from = offset;
    offset += width;
    return Int32Array.from({ length: count }, (_, j) => (j >= from && j < from + width ? j - from : -1));
  });
  return { links, slices: [] };
};

/** One scale for all channels carries them; with one per channel their numbers would have to be cut as well. */
const rescaling: ChannelRule = (layer) => {
  const isPerChannel = ['scale', 'offset'].some((option) => layerOption(layer, option).startsWith('['));
  return isPerChannel ? `"${layer.name}" scales every channel by a constant of its own` : carry(layer);
};

const refuse =
  (why: string): ChannelRule =>
  (layer) =>
    `"${layer.name}" ${why}`;

/** What each kind of layer does to channels. A kind that is not listed is refused. */
const channelRules: Record<string, ChannelRule> = {
  InputLayer: () => 'the channels would reach back to the images',
  Activation: carry,
  ReLU: carry,
  LeakyReLU: carry,
  ELU: carry,
  ThresholdedReLU: carry,
  PReLU: prelu,
  Dropout: carry,
  SpatialDropout2D: carry,
  AlphaDropout: carry,
  GaussianDropout: carry,
  GaussianNoise: carry,
  MaxPooling2D: carry,
  AveragePooling2D: carry,
  GlobalAveragePooling2D: carry,
  GlobalMaxPooling2D: carry,
  ZeroPadding2D: carry,
  Cropping2D: carry,
  UpSampling2D: carry,
  BatchNormalization: batchNormalization,
  GroupBatchNormalization: normalization,
  Rescaling: rescaling,
  Flatten: reshape,
  Reshape: reshape,
  DepthwiseConv2D: depthwise,
  Conv2D: mix('kernel', 2, 3),
  Conv2DTranspose: mix('kernel', 3, 2),
  SeparableConv2D: separable,
  Dense: mix('kernel', 0, 1),
  Add: join,
  Subtract: join,
  Average: join,
  Maximum: join,
  Minimum: join,
  Multiply: join,
  Concatenate: concatenate,
  Permute: refuse('moves the channels to another axis'),
  Softmax: refuse('mixes the channels'),
  LayerNormalization: refuse('normalises over all channels together'),
};

/** How a layer's channels hang together; a text says why they cannot be followed. */
export function channelLinks(layer: layers.Layer): LayerChannels | string {
  const kind = layer.getClassName();
  const rule = channelRules[kind];
  if (!rule) return `it is not known what "${layer.name}" (${kind}) does to channels`;
  if (isChannelsFirst(layer)) return `"${layer.name}" keeps its channels first, where the lab expects them last`;
  return rule(layer);
}

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

/** Why a layer's (own or fused) activation, or what it adds, stands in the way of pruning; null when it does not. */
export function activationObstacle(layer: layers.Layer): string | null {
  const activation = layerOption(layer, 'activation');
  if (layer.getClassName() === 'Rescaling' && Number(layerOption(layer, 'offset')) !== 0) {
    return `"${layer.name}" adds to every channel, so that removing one would not equal silencing it`;
  }
  if (zeroKeepingActivations.has(activation)) return null;
  return `the activation "${activation}" of "${layer.name}" does not map 0 to 0, so that removing a channel would not equal silencing it`;
}
