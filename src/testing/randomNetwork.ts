import { randomNormal, randomUniform, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { modelId } from '../foundation/ids';
import { createRandom } from '../foundation/random';
import type { LabModel } from '../model/labModel';

/** What may stand between two convolutions of a random network. */
export const betweenKinds = [
  'batchNormalization',
  'unscaledBatchNormalization',
  'relu',
  'leakyRelu',
  'prelu',
  'sharedPrelu',
  'maxPool',
  'averagePool',
  'padding',
  'depthwise',
  'dropout',
  'rescaling',
] as const;
export type BetweenKind = (typeof betweenKinds)[number];

export interface RandomNetwork {
  /** Channels of the first convolution, which is pruned. */
  channels: number;
  between: BetweenKind[];
  /** What reads the channels. */
  reader: 'conv' | 'separable' | 'transposed' | 'flattenDense' | 'averageDense' | 'maxDense';
  useBias: boolean;
  seed: number;
}

/** Side of the images of random networks. */
export const randomImageSize = 6;

/** A small network with random weights everywhere, biases and averages included: conv, then as told, then 3 logits. */
export function buildRandomNetwork({ channels, between, reader, useBias, seed }: RandomNetwork): LabModel {
  const network = sequential({
    layers: [
      layers.conv2d({
        name: 'conv',
        inputShape: [randomImageSize, randomImageSize, 3],
        filters: channels,
        kernelSize: 3,
        padding: 'same',
        useBias,
      }),
      ...between.map((kind, index) => betweenLayer(kind, `${kind}${index}`)),
      ...readerLayers(reader),
      layers.dense({ name: 'logits', units: 3 }),
    ],
  });
  return randomModel(network, seed);
}

/** A model of the lab with random weights everywhere. */
export function randomModel(network: LayersModel, seed: number): LabModel {
  const random = createRandom(seed, 'random-network');
  const nextSeed = () => 1 + random.integer(1_000_000);
  tidy(() => {
    for (const layer of network.layers) {
      layer.setWeights(
        layer.weights.map((weight) => {
          const shape = weight.read().shape;
          return weight.originalName.endsWith('variance')
            ? randomUniform(shape, 0.5, 1.5, 'float32', nextSeed())
            : randomNormal(shape, 0, 0.4, 'float32', nextSeed());
        }),
      );
    }
  });
  return {
    id: modelId('random'),
    name: 'random',
    network,
    preprocessing: { imageSize: randomImageSize, mean: [0, 0, 0], std: [1, 1, 1] },
    classNames: ['a', 'b', 'c'],
    originalChannels: {},
  };
}

function betweenLayer(kind: BetweenKind, name: string): layers.Layer {
  switch (kind) {
    case 'batchNormalization':
      return layers.batchNormalization({ name });
    case 'unscaledBatchNormalization':
      return layers.batchNormalization({ name, scale: false });
    case 'relu':
      return layers.activation({ name, activation: 'relu' });
    case 'leakyRelu':
      return layers.leakyReLU({ name });
    case 'prelu':
      return layers.prelu({ name });
    case 'sharedPrelu':
      return layers.prelu({ name, sharedAxes: [1, 2] });
    case 'maxPool':
      return layers.maxPooling2d({ name, poolSize: 2, padding: 'same' });
    case 'averagePool':
      return layers.averagePooling2d({ name, poolSize: 2, padding: 'same' });
    case 'padding':
      return layers.zeroPadding2d({ name });
    case 'depthwise':
      return layers.depthwiseConv2d({ name, kernelSize: 3, padding: 'same', depthMultiplier: 2 });
    case 'dropout':
      return layers.dropout({ name, rate: 0.5 });
    case 'rescaling':
      return layers.rescaling({ name, scale: 0.5 });
  }
}

function readerLayers(reader: RandomNetwork['reader']): layers.Layer[] {
  const pool = () => layers.globalAveragePooling2d({ name: 'gap' });
  switch (reader) {
    case 'conv':
      return [layers.conv2d({ name: 'reader', filters: 4, kernelSize: 3, padding: 'same' }), pool()];
    case 'separable':
      return [
        layers.separableConv2d({ name: 'reader', filters: 4, kernelSize: 3, padding: 'same', depthMultiplier: 2 }),
        pool(),
      ];
    case 'transposed':
      return [layers.conv2dTranspose({ name: 'reader', filters: 4, kernelSize: 3 }), pool()];
    case 'flattenDense':
      return [layers.flatten({ name: 'flatten' })];
    case 'averageDense':
      return [pool()];
    case 'maxDense':
      return [layers.globalMaxPooling2d({ name: 'gmp' })];
  }
}
