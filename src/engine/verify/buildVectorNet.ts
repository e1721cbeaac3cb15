import { tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, model, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
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

/** The nets of `surgery.json`, whose layers the file describes in words only. */
export const vectorNetIds = ['vgg_flatten', 'vgg_bn_gap', 'resnet_tail'] as const;
export type VectorNetId = (typeof vectorNetIds)[number];

/** The convolution that is pruned. */
export const prunedLayers: Record<VectorNetId, string> = {
  vgg_flatten: 'conv2',
  vgg_bn_gap: 'conv2',
  resnet_tail: 'b1conv2',
};

const networks: Record<VectorNetId, (net: VectorNet) => LayersModel> = {
  vgg_flatten: (net) => sequential({ layers: flattenLayers(net) }),
  vgg_bn_gap: (net) => sequential({ layers: averageLayers(net) }),
  resnet_tail: residualNetwork,
};

const weightOrders = [
  ['kernel', 'bias'],
  ['gamma', 'beta', 'mean', 'var'],
];

/** Builds one of the nets with the file's weights, on the present backend. */
export function buildVectorNet(id: VectorNetId, net: VectorNet): LabModel {
  const network = networks[id](net);
  tidy(() => {
    for (const layer of network.layers) {
      const order = weightOrders.find(([first]) => `${layer.name}/${first}` in net.weights);
      const parts = order?.flatMap((weight) => net.weights[`${layer.name}/${weight}`] ?? []) ?? [];
      layer.setWeights(parts.map(({ data, shape }) => tensor(data, shape)));
    }
  });
  return {
    id: modelId(id),
    name: id,
    network,
    preprocessing: { imageSize: net.input[1]!, mean: [0, 0, 0], std: [1, 1, 1] },
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

/** Two residual blocks without conv biases: the first with a projection as its skip, the second with none. */
function residualNetwork(net: VectorNet): LayersModel {
  const image = layers.input({ name: 'image', shape: net.input.slice(1) });
  const first = residualBlock(net, 'b0', image, normalized(net, ['b0proj', 'b0bnp'], image));
  const second = residualBlock(net, 'b1', first, first);
  const means = layers.globalAveragePooling2d({ name: 'gap' }).apply(second);
  const logits = layers.dense({ name: 'fc', units: unitsOf(net, 'fc') }).apply(means) as SymbolicTensor;
  return model({ inputs: image, outputs: logits });
}

function residualBlock(net: VectorNet, name: string, input: SymbolicTensor, skip: SymbolicTensor): SymbolicTensor {
  const inner = relu(`${name}relu1`, normalized(net, [`${name}conv1`, `${name}bn1`], input));
  const branch = normalized(net, [`${name}conv2`, `${name}bn2`], inner);
  return relu(`${name}relu2`, layers.add({ name: `${name}add` }).apply([branch, skip]) as SymbolicTensor);
}

function normalized(net: VectorNet, [conv, bn]: [string, string], input: SymbolicTensor): SymbolicTensor {
  const [kernelSize] = net.weights[`${conv}/kernel`]!.shape;
  const options = { name: conv, filters: unitsOf(net, conv), kernelSize: kernelSize!, useBias: false };
  const maps = layers.conv2d({ ...options, padding: 'same' }).apply(input);
  return layers.batchNormalization({ name: bn, epsilon: net.bnEpsilon }).apply(maps) as SymbolicTensor;
}

function relu(name: string, input: SymbolicTensor): SymbolicTensor {
  return layers.activation({ name, activation: 'relu' }).apply(input) as SymbolicTensor;
}

function unitsOf(net: VectorNet, layer: string): number {
  return net.weights[`${layer}/kernel`]!.shape.at(-1)!;
}
