import { tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { selectionSuffix } from '../network/selection';
import type { Activation } from './architecturePlan';
import { makeLayer } from './buildFromPlan';
import { activationLayers } from './layOutPlan';
import { seededHeNormal } from './seededHeNormal';

/** Two 3×3 convolutions and the skip round them. */
export interface BlockLayout {
  /** Channels between the two convolutions, and behind the second. */
  inner: number;
  outer: number;
  stride: number;
  /**
   * `identity`; `convolution`: 1×1 with BatchNorm (option B of He et al.); `padding`: one pixel of every stride × stride,
   * with channels of zeros on both sides (option A).
   */
  skip: 'identity' | 'convolution' | 'padding';
}

/** The first convolution, and whether a max-pooling over 3×3 with stride 2 and padding 1 follows. */
export interface StemLayout {
  kernel: number;
  stride: number;
  isPooled: boolean;
}

export interface ResNetLayout {
  name: string;
  imageSize: number;
  /** Channels of the images; 3 when left out. */
  channels?: number;
  classCount: number;
  seed: number;
  stem: StemLayout;
  stemChannels: number;
  stages: BlockLayout[][];
  /** ReLU when left out. */
  activation?: Activation;
  /** ε of BatchNorm; PyTorch's 1e-5 when left out. */
  epsilon?: number;
  /** What becomes of the last maps; `average` when left out. */
  pooling?: 'average' | 'max';
  /** Units of dense layers before the logits, and their activation; none when left out. */
  hidden?: { units: number[]; activation: Activation };
  /** Names of convolutions that have a bias, beside their BatchNorm; none when left out. */
  biased?: ReadonlySet<string>;
}

/**
 * A ResNet of basic blocks in torchvision's layout and names, or a variant of it: stem, stages, global pooling, dense
 * layers. Explicit padding, as in PyTorch.
 * @source He et al. 2015, arXiv 1512.03385
 */
export function buildBasicResNet(layout: ResNetLayout): LayersModel {
  const { imageSize, channels = 3 } = layout;
  const image = layers.input({ name: 'image', shape: [imageSize, imageSize, channels] });
  let maps = addStem(layout, image);
  for (const [stage, blocks] of layout.stages.entries()) {
    for (const [index, block] of blocks.entries()) maps = addBlock(layout, `layer${stage + 1}.${index}`, maps, block);
  }
  const network = model({ name: layout.name, inputs: image, outputs: addHead(layout, maps) });
  setPaddedSkips(network);
  return network;
}

function addHead({ pooling, hidden, classCount, seed }: ResNetLayout, maps: SymbolicTensor): SymbolicTensor {
  const pool =
    pooling === 'max' ? layers.globalMaxPooling2d({ name: 'gmp' }) : layers.globalAveragePooling2d({ name: 'avgpool' });
  const dense = (name: string, units: number, input: SymbolicTensor) =>
    layers.dense({ name, units, kernelInitializer: seededHeNormal(seed, name) }).apply(input) as SymbolicTensor;
  let values = pool.apply(maps) as SymbolicTensor;
  for (const [index, units] of (hidden?.units ?? []).entries()) {
    const made = dense(`fc${index + 1}`, units, values);
    values = activate(hidden!.activation, (kind) => `fc.${kind}${index + 1}`, made);
  }
  return dense('fc', classCount, values);
}

function addStem(layout: ResNetLayout, image: SymbolicTensor): SymbolicTensor {
  const { stemChannels, stem, activation = 'relu' } = layout;
  const place = { name: 'conv1', bn: 'bn1' };
  const convolved = convolve(layout, place, image, [stemChannels, stem.kernel, stem.stride]);
  const maps = activate(activation, (name) => name, convolved);
  if (!stem.isPooled) return maps;
  if (activation === 'relu' || activation === 'sigmoid') {
    const pool = layers.maxPooling2d({ name: 'maxpool', poolSize: 3, strides: 2 });
    return pool.apply(pad('maxpool', maps, 1)) as SymbolicTensor;
  }
  // Behind numbers below 0 a padding of zeros would win: the maximum around every pixel is taken, and of those every second.
  const around = layers.maxPooling2d({ name: 'maxpool.around', poolSize: 3, strides: 1, padding: 'same' });
  const pool = layers.maxPooling2d({ name: 'maxpool', poolSize: 1, strides: 2 });
  return pool.apply(around.apply(maps)) as SymbolicTensor;
}

function addBlock(layout: ResNetLayout, name: string, input: SymbolicTensor, block: BlockLayout): SymbolicTensor {
  const { activation = 'relu' } = layout;
  const place = (number: 1 | 2) => ({ name: `${name}.conv${number}`, bn: `${name}.bn${number}` });
  const convolved = convolve(layout, place(1), input, [block.inner, 3, block.stride]);
  const first = activate(activation, (kind) => `${name}.${kind}1`, convolved);
  const second = convolve(layout, place(2), first, [block.outer, 3, 1]);
  const skip = addSkip(layout, name, input, block);
  const sum = layers.add({ name: `${name}.add` }).apply([second, skip]) as SymbolicTensor;
  return activate(activation, (kind) => `${name}.${kind}2`, sum);
}

function addSkip(
  layout: ResNetLayout,
  name: string,
  input: SymbolicTensor,
  { skip, outer, stride }: BlockLayout,
): SymbolicTensor {
  if (skip === 'identity') return input;
  if (skip === 'convolution') {
    const place = { name: `${name}.downsample.0`, bn: `${name}.downsample.1` };
    return convolve(layout, place, input, [outer, 1, stride]);
  }
  // Its kernel is constant: see setPaddedSkips.
  const select = layers.conv2d({
    name: `${name}.downsample${selectionSuffix}`,
    filters: outer,
    kernelSize: 1,
    strides: stride,
    padding: 'valid',
    useBias: false,
    trainable: false,
  });
  return select.apply(input) as SymbolicTensor;
}

/** Gives skips of the kind `padding` their kernels: channel k of the input becomes channel k + (out - in) / 2. */
function setPaddedSkips(network: LayersModel): void {
  for (const layer of network.layers.filter(({ name }) => name.endsWith(selectionSuffix))) {
    const [, , inputs = 0, outputs = 0] = layer.weights[0]!.shape as number[];
    const kernel = new Float32Array(inputs * outputs);
    const shift = Math.floor((outputs - inputs) / 2);
    for (let channel = 0; channel < inputs; channel++) kernel[channel * outputs + channel + shift] = 1;
    tidy(() => layer.setWeights([tensor(kernel, [1, 1, inputs, outputs])]));
  }
}

/** Convolution and BatchNorm. */
function convolve(
  { seed, epsilon = 1e-5, biased }: ResNetLayout,
  { name, bn }: { name: string; bn: string },
  input: SymbolicTensor,
  [filters, kernelSize, strides]: [number, number, number],
): SymbolicTensor {
  const convolution = layers.conv2d({
    name,
    filters,
    kernelSize,
    strides,
    padding: strides === 1 ? 'same' : 'valid',
    useBias: biased?.has(name) ?? false,
    kernelInitializer: seededHeNormal(seed, name),
  });
  // `same` with a stride would pad one side only, where PyTorch pads both.
  const maps = convolution.apply(strides === 1 ? input : pad(name, input, (kernelSize - 1) / 2));
  return layers.batchNormalization({ name: bn, epsilon, momentum: 0.9 }).apply(maps) as SymbolicTensor;
}

function pad(name: string, input: SymbolicTensor, by: number): SymbolicTensor {
  if (by === 0) return input;
  // tfjs takes a pair, and declares a number.
  const padding = [by, by] as unknown as number;
  return layers.zeroPadding2d({ name: `${name}.pad`, padding }).apply(input) as SymbolicTensor;
}

function activate(
  activation: Activation,
  nameOf: (activation: string) => string,
  input: SymbolicTensor,
): SymbolicTensor {
  const [layer] = activationLayers(activation, nameOf);
  // An activation has no weights that a seed could be for.
  return layer ? (makeLayer(layer, 0).apply(input) as SymbolicTensor) : input;
}
