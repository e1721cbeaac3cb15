import { layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { modelId } from '../../foundation/ids';
import type { LabModel } from '../../model/labModel';

const stageWidths = [64, 128, 256, 512];
const blocksPerStage = 2;

/**
 * ResNet-18 in torchvision's layout, for the bench alone: 7×7 stem with stride 2, 3×3 max-pooling with stride 2, four
 * stages of two basic blocks, global average pooling, one dense layer. Explicit padding and BatchNorm with ε 1e-5, as
 * in PyTorch; no bias in front of BatchNorm. Weights: He uniform.
 * @source He et al. 2015, arXiv 1512.03385
 */
export function resNet18(imageSize: number, classNames: string[]): LabModel {
  const input = layers.input({ shape: [imageSize, imageSize, 3] });
  let maps = relu(convolve(input, 64, 7, 2));
  maps = layers.maxPooling2d({ poolSize: 3, strides: 2 }).apply(pad(maps, 1)) as SymbolicTensor;
  for (const [stage, width] of stageWidths.entries()) {
    for (let block = 0; block < blocksPerStage; block++) {
      maps = basicBlock(maps, width, stage > 0 && block === 0 ? 2 : 1);
    }
  }
  const means = layers.globalAveragePooling2d({}).apply(maps);
  const logits = layers.dense({ units: classNames.length, name: 'fc' }).apply(means) as SymbolicTensor;
  return {
    id: modelId('resnet18'),
    name: 'ResNet-18',
    network: model({ inputs: input, outputs: logits }),
    preprocessing: { imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    classNames,
    originalChannels: {},
  };
}

function basicBlock(input: SymbolicTensor, width: number, stride: 1 | 2): SymbolicTensor {
  const branch = convolve(relu(convolve(input, width, 3, stride)), width, 3, 1);
  const skip = stride === 1 ? input : convolve(input, width, 1, stride);
  return relu(layers.add().apply([branch, skip]) as SymbolicTensor);
}

/** Convolution and BatchNorm. */
function convolve(input: SymbolicTensor, filters: number, kernelSize: number, strides: 1 | 2): SymbolicTensor {
  const convolution = layers.conv2d({
    filters,
    kernelSize,
    strides,
    padding: strides === 1 ? 'same' : 'valid',
    useBias: false,
    kernelInitializer: 'heUniform',
  });
  const padded = strides === 1 ? input : pad(input, (kernelSize - 1) / 2);
  const maps = convolution.apply(padded);
  return layers.batchNormalization({ epsilon: 1e-5, momentum: 0.9 }).apply(maps) as SymbolicTensor;
}

function pad(input: SymbolicTensor, by: number): SymbolicTensor {
  if (by === 0) return input;
  return layers.zeroPadding2d({ padding: [by, by] as unknown as number }).apply(input) as SymbolicTensor;
}

function relu(input: SymbolicTensor): SymbolicTensor {
  return layers.activation({ activation: 'relu' }).apply(input) as SymbolicTensor;
}
