import { model as functionalModel, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { LabModel } from '../model/labModel';
import { randomImageSize, randomModel } from './randomNetwork';

/** What a random network that branches is put together from. */
export const branchKinds = [
  'conv',
  'norm',
  'relu',
  'identitySkip',
  'projectedSkip',
  'twoConcatenated',
  'concatenatedSkip',
  'gate',
  'hardSwish',
  'maximum',
  'depthwise',
  'upsampleAndCrop',
  'reshape',
] as const;
export type BranchKind = (typeof branchKinds)[number];

export interface BranchedNetwork {
  blocks: BranchKind[];
  reader: 'flatten' | 'average';
  seed: number;
}

/** Channels of the first convolution, which most blocks keep. */
const width = 4;

/** A small functional network with random weights: a convolution, the blocks in turn, 3 logits. */
export function buildBranchedNetwork({ blocks, reader, seed }: BranchedNetwork): LabModel {
  const image = layers.input({ name: 'image', shape: [randomImageSize, randomImageSize, 3] });
  const start = through(image, conv('stem', width));
  const maps = blocks.reduce((tensor, kind, index) => addBlock(kind, `${kind}${index}`, tensor), start);
  const end =
    reader === 'flatten' ? layers.flatten({ name: 'flatten' }) : layers.globalAveragePooling2d({ name: 'gap' });
  const logits = through(maps, end, layers.dense({ name: 'logits', units: 3 }));
  return randomModel(functionalModel({ inputs: image, outputs: logits }), seed);
}

function through(input: SymbolicTensor, ...steps: layers.Layer[]): SymbolicTensor {
  return steps.reduce((tensor, step) => step.apply(tensor) as SymbolicTensor, input);
}

const conv = (name: string, filters: number) => layers.conv2d({ name, filters, kernelSize: 3, padding: 'same' });

function addBlock(kind: BranchKind, name: string, input: SymbolicTensor): SymbolicTensor {
  const [, height, , channels] = input.shape as [null, number, number, number];
  const join = (joined: layers.Layer, ...inputs: SymbolicTensor[]) => joined.apply(inputs) as SymbolicTensor;
  switch (kind) {
    case 'conv':
      return through(input, conv(name, width));
    case 'norm':
      return through(input, layers.batchNormalization({ name }));
    case 'relu':
      return through(input, layers.activation({ name, activation: 'relu' }));
    case 'identitySkip':
      return join(layers.add({ name }), through(input, conv(`${name}Branch`, channels)), input);
    case 'projectedSkip':
      return join(
        layers.add({ name }),
        through(input, conv(`${name}Branch`, 5)),
        through(input, conv(`${name}Skip`, 5)),
      );
    case 'twoConcatenated':
      return join(
        layers.concatenate({ name }),
        through(input, conv(`${name}Left`, 2)),
        through(input, conv(`${name}Right`, 3)),
      );
    case 'concatenatedSkip':
      return join(layers.concatenate({ name }), through(input, conv(`${name}Branch`, 2)), input);
    case 'maximum':
      return join(layers.maximum({ name }), through(input, conv(`${name}Branch`, channels)), input);
    case 'gate': {
      const gate = through(
        input,
        layers.globalAveragePooling2d({ name: `${name}Squeeze` }),
        layers.dense({ name: `${name}Dense`, units: channels }),
        layers.activation({ name: `${name}Sigmoid`, activation: 'sigmoid' }),
        layers.reshape({ name: `${name}Spread`, targetShape: [1, 1, channels] }),
      );
      return join(layers.multiply({ name }), input, gate);
    }
    case 'hardSwish': {
      const gate = through(
        input,
        layers.rescaling({ name: `${name}Scale`, scale: 1 / 6, offset: 0.5 }),
        layers.reLU({ name: `${name}Gate`, maxValue: 1 }),
      );
      return join(layers.multiply({ name }), input, gate);
    }
    case 'depthwise':
      return through(input, layers.depthwiseConv2d({ name, kernelSize: 3, padding: 'same', depthMultiplier: 1 }));
    case 'upsampleAndCrop':
      return through(
        input,
        layers.upSampling2d({ name: `${name}Up`, size: [2, 2] }),
        layers.cropping2D({
          name,
          cropping: [
            [0, height],
            [height, 0],
          ],
        }),
      );
    case 'reshape':
      return through(
        input,
        layers.reshape({ name: `${name}Flat`, targetShape: [height * height, channels] }),
        layers.reshape({ name, targetShape: [height, height, channels] }),
      );
  }
}
