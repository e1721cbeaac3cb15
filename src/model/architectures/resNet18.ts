import { type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { ArchitectureSpec } from '../labModel';
import type { Architecture } from './architecture';
import { channelsOf } from './channelsOf';
import { seededHeNormal } from './seededHeNormal';

const stageWidths = [64, 128, 256, 512];
const blocksPerStage = 2;

/**
 * ResNet-18 in torchvision's layout and names: 7×7 stem with stride 2, 3×3 max-pooling with stride 2, four stages of two
 * basic blocks, global average pooling, one dense layer. Explicit padding and BatchNorm with ε 1e-5, as in PyTorch; no bias
 * in front of BatchNorm.
 * @source He et al. 2015, arXiv 1512.03385
 */
export const resNet18: Architecture = {
  name: 'resnet18',
  description: 'The paper’s network for faces. It wants a GPU, or patience.',
  minImageSize: 32,
  build,
};

function build(spec: ArchitectureSpec): LayersModel {
  const image = layers.input({ name: 'image', shape: [spec.imageSize, spec.imageSize, 3] });
  const stem = relu('relu', convolve(spec, { name: 'conv1', bn: 'bn1' }, image, [64, 7, 2]));
  let maps = layers
    .maxPooling2d({ name: 'maxpool', poolSize: 3, strides: 2 })
    .apply(pad('maxpool', stem, 1)) as SymbolicTensor;
  for (const [stage, width] of stageWidths.entries()) {
    for (let block = 0; block < blocksPerStage; block++) {
      const isSmaller = stage > 0 && block === 0;
      maps = basicBlock(spec, `layer${stage + 1}.${block}`, maps, width, isSmaller ? 2 : 1);
    }
  }
  const means = layers.globalAveragePooling2d({ name: 'avgpool' }).apply(maps);
  const head = layers.dense({
    name: 'fc',
    units: spec.classCount,
    kernelInitializer: seededHeNormal(spec.seed, 'fc'),
  });
  return model({ name: spec.name, inputs: image, outputs: head.apply(means) as SymbolicTensor });
}

function basicBlock(
  spec: ArchitectureSpec,
  name: string,
  input: SymbolicTensor,
  width: number,
  stride: 1 | 2,
): SymbolicTensor {
  const place = (number: 1 | 2) => ({ name: `${name}.conv${number}`, bn: `${name}.bn${number}` });
  const first = relu(`${name}.relu1`, convolve(spec, place(1), input, [width, 3, stride]));
  const second = convolve(spec, place(2), first, [width, 3, 1]);
  const shortcut = { name: `${name}.downsample.0`, bn: `${name}.downsample.1` };
  const skip = stride === 1 ? input : convolve(spec, shortcut, input, [width, 1, stride]);
  const sum = layers.add({ name: `${name}.add` }).apply([second, skip]) as SymbolicTensor;
  return relu(`${name}.relu2`, sum);
}

/** Convolution and BatchNorm. */
function convolve(
  spec: ArchitectureSpec,
  { name, bn }: { name: string; bn: string },
  input: SymbolicTensor,
  [width, kernelSize, strides]: [number, number, 1 | 2],
): SymbolicTensor {
  const convolution = layers.conv2d({
    name,
    filters: channelsOf(width, spec),
    kernelSize,
    strides,
    padding: strides === 1 ? 'same' : 'valid',
    useBias: false,
    kernelInitializer: seededHeNormal(spec.seed, name),
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
