import { type Tensor2D, tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { modelId } from '../foundation/ids';
import type { LabModel } from '../model/labModel';
import golden from './golden/surgery.json';

interface GoldenCase {
  id: string;
  weights: Record<string, { shape: number[]; data: number[] } | undefined>;
  expected: Record<string, number[][] | undefined>;
  input: number[];
  bnEpsilon?: number;
  x: number[];
  prune: number[];
}
const cases: GoldenCase[] = golden.cases;

/** One of the two sequential nets of the golden vectors: its model, its input, what to prune, and the logits expected. */
export function goldenSurgery(id: 'vgg_flatten' | 'vgg_bn_gap') {
  const found = cases.find((candidate) => candidate.id === id)!;
  const { weights, prune, expected } = found;
  const [, height = 0, width = 0, colours = 0] = found.input;
  const conv = (name: string) => ({
    name,
    filters: weights[`${name}/bias`]!.shape[0]!,
    kernelSize: 3,
    padding: 'same' as const,
  });
  const inputShape = [height, width, colours];
  const stack =
    id === 'vgg_flatten'
      ? [
          layers.conv2d({ ...conv('conv1'), inputShape }),
          layers.activation({ name: 'relu1', activation: 'relu' }),
          layers.maxPooling2d({ name: 'pool1', poolSize: 2 }),
          layers.conv2d(conv('conv2')),
          layers.activation({ name: 'relu2', activation: 'relu' }),
          layers.maxPooling2d({ name: 'pool2', poolSize: 2 }),
          layers.flatten({ name: 'flatten' }),
          layers.dense({ name: 'fc1', units: 10, activation: 'relu' }),
          layers.dense({ name: 'fc2', units: 4 }),
        ]
      : [
          layers.conv2d({ ...conv('conv1'), inputShape }),
          layers.batchNormalization({ name: 'bn1', epsilon: found.bnEpsilon }),
          layers.activation({ name: 'relu1', activation: 'relu' }),
          layers.maxPooling2d({ name: 'pool1', poolSize: 2 }),
          layers.conv2d(conv('conv2')),
          layers.batchNormalization({ name: 'bn2', epsilon: found.bnEpsilon }),
          layers.activation({ name: 'relu2', activation: 'relu' }),
          layers.maxPooling2d({ name: 'pool2', poolSize: 2 }),
          layers.globalAveragePooling2d({ name: 'gap' }),
          layers.dense({ name: 'fc', units: 4 }),
        ];
  const network = sequential({ layers: stack });
  const orders = [
    ['kernel', 'bias'],
    ['gamma', 'beta', 'mean', 'var'],
  ];
  tidy(() => {
    for (const layer of network.layers) {
      const order = orders.find(([first]) => `${layer.name}/${first}` in weights);
      if (!order) continue;
      const parts = order.map((name) => weights[`${layer.name}/${name}`]!);
      layer.setWeights(parts.map(({ data, shape }) => tensor(data, shape)));
    }
  });
  const model: LabModel = {
    id: modelId(id),
    name: id,
    network,
    preprocessing: { imageSize: height, mean: [0, 0, 0], std: [1, 1, 1] },
    classNames: ['a', 'b', 'c', 'd'],
    originalChannels: {},
  };
  const images = tensor4d(found.x, [found.input[0]!, height, width, colours]);
  return { model, images, prune, expected };
}

/** Logits of a model in inference mode, row by row. */
export function logitsOf(model: LabModel, images: ReturnType<typeof tensor4d>): number[][] {
  return tidy(() => (model.network.predict(images) as Tensor2D).arraySync());
}

/** Largest absolute difference of two tables of numbers. */
export function largestDifference(a: number[][], b: number[][]): number {
  return Math.max(...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i]![j]!))));
}
