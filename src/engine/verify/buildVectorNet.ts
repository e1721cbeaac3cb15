import { tensor, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { modelId } from '../../foundation/ids';
import type { LabModel } from '../../model/labModel';

/** A net of `surgery.json`, as far as building it goes. */
export interface VectorNet {
  id: string;
  /** [images, height, width, colours]. */
  input: number[];
  bnEpsilon?: number;
  /** By `layer/weight`. */
  weights: Record<string, { shape: number[]; data: number[] }>;
}

/** The sequential nets of `surgery.json`, whose layers the file describes in words only. */
export const vectorNetIds = ['vgg_flatten', 'vgg_bn_gap'] as const;
export type VectorNetId = (typeof vectorNetIds)[number];

const weightOrders = [
  ['kernel', 'bias'],
  ['gamma', 'beta', 'mean', 'var'],
];

/** Builds one of the sequential nets with the file's weights, on the present backend. */
export function buildVectorNet(id: VectorNetId, net: VectorNet): LabModel {
  const [, height = 0, width = 0, colours = 0] = net.input;
  const network = sequential({ layers: id === 'vgg_flatten' ? flattenLayers(net) : averageLayers(net) });
  network.build([null, height, width, colours]);
  tidy(() => {
    for (const layer of network.layers) {
      const order = weightOrders.find(([first]) => `${layer.name}/${first}` in net.weights);
      const parts = order?.map((weight) => net.weights[`${layer.name}/${weight}`]!) ?? [];
      layer.setWeights(parts.map(({ data, shape }) => tensor(data, shape)));
    }
  });
  return {
    id: modelId(id),
    name: id,
    network,
    preprocessing: { imageSize: height, mean: [0, 0, 0], std: [1, 1, 1] },
    classNames: ['a', 'b', 'c', 'd'],
    originalChannels: {},
  };
}

function flattenLayers(net: VectorNet) {
  return [
    ...convBlock(net, 1, false),
    ...convBlock(net, 2, false),
    layers.flatten({ name: 'flatten' }),
    layers.dense({ name: 'fc1', units: unitsOf(net, 'fc1'), activation: 'relu' }),
    layers.dense({ name: 'fc2', units: unitsOf(net, 'fc2') }),
  ];
}

function averageLayers(net: VectorNet) {
  return [
    ...convBlock(net, 1, true),
    ...convBlock(net, 2, true),
    layers.globalAveragePooling2d({ name: 'gap' }),
    layers.dense({ name: 'fc', units: unitsOf(net, 'fc') }),
  ];
}

function convBlock(net: VectorNet, n: number, withNorm: boolean) {
  const inputShape = n === 1 ? { inputShape: net.input.slice(1) } : {};
  const conv = { name: `conv${n}`, filters: unitsOf(net, `conv${n}`), kernelSize: 3, padding: 'same' as const };
  return [
    layers.conv2d({ ...conv, ...inputShape }),
    ...(withNorm ? [layers.batchNormalization({ name: `bn${n}`, epsilon: net.bnEpsilon })] : []),
    layers.activation({ name: `relu${n}`, activation: 'relu' }),
    layers.maxPooling2d({ name: `pool${n}`, poolSize: 2 }),
  ];
}

function unitsOf(net: VectorNet, layer: string): number {
  return net.weights[`${layer}/bias`]!.shape[0]!;
}
