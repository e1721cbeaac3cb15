import { tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { selectionSuffix } from '../network/selection';
import { seededHeNormal } from './seededHeNormal';

/** Two 3×3 convolutions and the skip round them. */
export interface BlockLayout {
  /** Channels between the two convolutions, and behind the second. */
  inner: number;
  outer: number;
  stride: 1 | 2;
  /**
   * `identity`; `convolution`: 1×1 with BatchNorm (option B of He et al.); `padding`: every other pixel, with channels of
   * zeros on both sides (option A).
   */
  skip: 'identity' | 'convolution' | 'padding';
}

export interface ResNetLayout {
  name: string;
  imageSize: number;
  /** Channels of the images; 3 when left out. */
  channels?: number;
  classCount: number;
  seed: number;
  /** `imagenet`: 7×7 with stride 2 and a max-pooling; `cifar`: 3×3. */
  stem: 'imagenet' | 'cifar';
  stemChannels: number;
  stages: BlockLayout[][];
}

/**
 * A ResNet of basic blocks in torchvision's layout and names, or its variant for small images: stem, stages, global average
 * pooling, one dense layer. Explicit padding and BatchNorm with ε 1e-5, as in PyTorch; no bias in front of BatchNorm.
 * @source He et al. 2015, arXiv 1512.03385
 */
export function buildBasicResNet(layout: ResNetLayout): LayersModel {
  const { seed, stages, imageSize, channels = 3 } = layout;
  const image = layers.input({ name: 'image', shape: [imageSize, imageSize, channels] });
  let maps = addStem(layout, image);
  for (const [stage, blocks] of stages.entries()) {
    for (const [index, block] of blocks.entries()) maps = addBlock(seed, `layer${stage + 1}.${index}`, maps, block);
  }
  const means = layers.globalAveragePooling2d({ name: 'avgpool' }).apply(maps);
  const head = layers.dense({ name: 'fc', units: layout.classCount, kernelInitializer: seededHeNormal(seed, 'fc') });
  const network = model({ name: layout.name, inputs: image, outputs: head.apply(means) as SymbolicTensor });
  setPaddedSkips(network);
  return network;
}

function addStem({ seed, stem, stemChannels }: ResNetLayout, image: SymbolicTensor): SymbolicTensor {
  const place = { name: 'conv1', bn: 'bn1' };
  if (stem === 'cifar') return relu('relu', convolve(seed, place, image, [stemChannels, 3, 1]));
  const maps = relu('relu', convolve(seed, place, image, [stemChannels, 7, 2]));
  const pool = layers.maxPooling2d({ name: 'maxpool', poolSize: 3, strides: 2 });
  return pool.apply(pad('maxpool', maps, 1)) as SymbolicTensor;
}

function addBlock(seed: number, name: string, input: SymbolicTensor, block: BlockLayout): SymbolicTensor {
  const place = (number: 1 | 2) => ({ name: `${name}.conv${number}`, bn: `${name}.bn${number}` });
  const first = relu(`${name}.relu1`, convolve(seed, place(1), input, [block.inner, 3, block.stride]));
  const second = convolve(seed, place(2), first, [block.outer, 3, 1]);
  const sum = layers.add({ name: `${name}.add` }).apply([second, addSkip(seed, name, input, block)]) as SymbolicTensor;
  return relu(`${name}.relu2`, sum);
}

function addSkip(
  seed: number,
  name: string,
  input: SymbolicTensor,
  { skip, outer, stride }: BlockLayout,
): SymbolicTensor {
  if (skip === 'identity') return input;
  if (skip === 'convolution') {
    const place = { name: `${name}.downsample.0`, bn: `${name}.downsample.1` };
    return convolve(seed, place, input, [outer, 1, stride]);
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
  seed: number,
  { name, bn }: { name: string; bn: string },
  input: SymbolicTensor,
  [filters, kernelSize, strides]: [number, number, 1 | 2],
): SymbolicTensor {
  const convolution = layers.conv2d({
    name,
    filters,
    kernelSize,
    strides,
    padding: strides === 1 ? 'same' : 'valid',
    useBias: false,
    kernelInitializer: seededHeNormal(seed, name),
  });
  // `same` with a stride would pad one side only, where PyTorch pads both.
  const maps = convolution.apply(strides === 1 ? input : pad(name, input, (kernelSize - 1) / 2));
  return layers.batchNormalization({ name: bn, epsilon: 1e-5, momentum: 0.9 }).apply(maps) as SymbolicTensor;
}

function pad(name: string, input: SymbolicTensor, by: number): SymbolicTensor {
  if (by === 0) return input;
  // tfjs takes a pair, and declares a number.
  const padding = [by, by] as unknown as number;
  return layers.zeroPadding2d({ name: `${name}.pad`, padding }).apply(input) as SymbolicTensor;
}

function relu(name: string, input: SymbolicTensor): SymbolicTensor {
  return layers.activation({ name, activation: 'relu' }).apply(input) as SymbolicTensor;
}
