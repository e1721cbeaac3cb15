import '@tensorflow/tfjs-backend-cpu';
import { memory, randomNormal, randomUniform, setBackend, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { onnxLogits } from '../../testing/onnxLogits';
import { branchKinds, buildBranchedNetwork } from '../../testing/randomBranches';
import { betweenKinds, buildRandomNetwork, type RandomNetwork, randomModel } from '../../testing/randomNetwork';
import { buildArchitecture } from '../architectures/buildArchitecture';
import { disposeModel } from '../disposeModel';
import { exportModel } from '../exportModel';
import { type ArchitectureName, type LabModel, pruningModes } from '../labModel';
import { readModelFiles } from '../readModelFiles';
import { applyPruning } from '../surgery/applyPruning';
import { planPruning } from '../surgery/planPruning';
import { exportOnnx } from './exportOnnx';
import { loadOnnxProto } from './onnxProto';

beforeAll(async () => {
  await setBackend('cpu');
});

function build(name: ArchitectureName, head?: 'dense'): LabModel {
  const model = buildArchitecture(
    { name, imageSize: 64, classCount: 3, widthMultiplier: 0.0625, seed: 1, head },
    {
      id: modelId(name),
      name,
      classNames: ['a', 'b', 'it’s "c"'],
      preprocessing: { imageSize: 64, mean: [0.5, 0.4, 0.3], std: [0.25, 0.2, 0.1] },
    },
  );
  tidy(() => {
    for (const layer of model.network.layers.filter((one) => one.getClassName() === 'BatchNormalization')) {
      layer.setWeights(
        layer.getWeights().map(({ shape }, seed) => randomUniform(shape, 0.5, 1.5, 'float32', seed + 1)),
      );
    }
  });
  return model;
}

/** The largest difference of ONNX Runtime's logits to the lab's, as a share of the largest logit. */
async function differenceInOnnx(model: LabModel): Promise<number> {
  const size = model.preprocessing.imageSize;
  const images = randomNormal([2, size, size, 3], 0, 1, 'float32', 5) as Tensor4D;
  const expected = logitsOf(model, images);
  const [file] = await exportOnnx(model);
  const found = await onnxLogits(file!.bytes, images);
  return largestDifference(found, expected) / Math.max(...expected.flat().map(Math.abs));
}

describe('ONNX Runtime gives the lab’s logits with the exported file', () => {
  it.each([
    ['small-cnn', undefined],
    ['vgg11', 'dense'],
    ['vgg11-bn', undefined],
    ['resnet18', undefined],
  ] as const)('%s, head %s', async (name, head) => {
    expect(await differenceInOnnx(build(name, head))).toBeLessThan(1e-5);
  });

  it.each(pruningModes)('ResNet-18, its last convolution and one in the middle pruned in the mode %s', async (mode) => {
    const model = build('resnet18');
    const targets = { 'layer4.1.conv2': [1, 5, 20], 'layer3.0.conv1': [0, 2] };
    expect(
      await differenceInOnnx(applyPruning(model, planPruning(model, targets, mode), modelId('pruned'))),
    ).toBeLessThan(1e-5);
  });

  const readers = ['conv', 'separable', 'transposed', 'flattenDense', 'averageDense', 'maxDense'] as const;
  it.each(readers satisfies readonly RandomNetwork['reader'][])(
    'every kind of layer of the random chains, read by %s',
    async (reader) => {
      const between = [...betweenKinds];
      const model = buildRandomNetwork({ channels: 4, between, reader, useBias: true, seed: 3 });
      expect(await differenceInOnnx(model)).toBeLessThan(1e-5);
    },
  );

  it.each(branchKinds)('a network that branches: %s', async (kind) => {
    const model = buildBranchedNetwork({ blocks: ['conv', kind, 'relu', kind], reader: 'flatten', seed: 4 });
    expect(await differenceInOnnx(model)).toBeLessThan(1e-5);
  });

  it.each(['elu', 'selu', 'tanh', 'softplus', 'softsign', 'swish', 'mish', 'gelu', 'relu6', 'hardSigmoid'] as const)(
    'the activation %s',
    async (activation) => {
      const network = sequential({
        layers: [
          layers.conv2d({ inputShape: [6, 6, 3], filters: 4, kernelSize: 3, strides: 2, padding: 'same' }),
          layers.activation({ activation: activation as 'relu' }),
          layers.flatten(),
          layers.leakyReLU(),
          layers.dense({ units: 3 }),
        ],
      });
      expect(await differenceInOnnx(randomModel(network, 2))).toBeLessThan(1e-5);
    },
  );

  it('a rescaling of every colour by a number of its own', async () => {
    const network = sequential({
      layers: [
        layers.rescaling({
          scale: [0.5, 2, 3] as unknown as number,
          offset: [0.1, 0, -1] as unknown as number,
          inputShape: [6, 6, 3],
        }),
        layers.globalAveragePooling2d({}),
        layers.dense({ units: 3 }),
      ],
    });
    expect(await differenceInOnnx(randomModel(network, 2))).toBeLessThan(1e-5);
  });

  it('layers with settings of their own', async () => {
    const network = sequential({
      layers: [
        layers.rescaling({ scale: 0.5, offset: 0.1, inputShape: [6, 6, 3] }),
        layers.conv2dTranspose({ filters: 4, kernelSize: 2, strides: 3, padding: 'same' }),
        layers.reLU({ maxValue: 0.7 }),
        layers.zeroPadding2d({
          padding: [
            [1, 0],
            [2, 1],
          ],
        }),
        layers.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }),
        layers.thresholdedReLU({ theta: 0.1 }),
        layers.upSampling2d({ size: [2, 3], interpolation: 'bilinear' }),
        layers.elu(),
        layers.dense({ units: 3 }),
        layers.batchNormalization({ scale: false }),
        layers.globalMaxPooling2d({}),
      ],
    });
    expect(await differenceInOnnx(randomModel(network, 2))).toBeLessThan(1e-5);
  });
});

describe('exportModel for ONNX', () => {
  it('writes the network, how it is used, and the model card into a zip that the lab reads back', async () => {
    const model = build('resnet18');
    const pruned = applyPruning(model, planPruning(model, { 'layer4.1.conv2': [1, 5] }), modelId('pruned'));
    const zip = await exportModel(pruned, { format: 'onnx', modelCard: '# Card' });
    const entries = unzipSync(zip);
    expect(Object.keys(entries).toSorted()).toEqual([
      'MODEL_CARD.md',
      'lab.json',
      'labels.txt',
      'model.onnx',
      'preprocessing.json',
    ]);
    const { ModelProto } = await loadOnnxProto();
    const { metadataProps } = ModelProto.decode(entries['model.onnx']!);
    const noted = Object.fromEntries(metadataProps.map(({ key, value }) => [key!, value!]));
    expect(JSON.parse(noted.classes!)).toEqual(['a', 'b', 'it’s "c"']);
    expect(JSON.parse(noted.preprocessing!)).toEqual(JSON.parse(strFromU8(entries['preprocessing.json']!)));

    const images = randomNormal([2, 64, 64, 3], 0, 1, 'float32', 5) as Tensor4D;
    const expected = logitsOf(pruned, images);
    for (const file of [
      { path: 'pruned.zip', bytes: zip },
      { path: 'model.onnx', bytes: entries['model.onnx']! },
    ]) {
      const back = await readModelFiles([file]);
      expect(largestDifference(logitsOf(back, images), expected)).toBeLessThan(1e-5);
      expect(back.classNames).toEqual(pruned.classNames);
      expect(back.preprocessing).toEqual(pruned.preprocessing);
      expect(back.originalChannels).toEqual(pruned.originalChannels);
      disposeModel(back);
    }
  });

  it('gives the same bytes for the same model, and leaves no tensor', async () => {
    const model = build('small-cnn');
    const before = memory().numTensors;
    const first = await exportModel(model, { format: 'onnx', modelCard: '' });
    expect(await exportModel(model, { format: 'onnx', modelCard: '' })).toEqual(first);
    expect(memory().numTensors).toBe(before);
  });

  it('refuses a layer that ONNX has no counterpart for, by name', async () => {
    const network = sequential({
      layers: [
        layers.flatten({ name: 'flat', inputShape: [6, 6, 3] }),
        layers.repeatVector({ name: 'again', n: 2 }),
        layers.flatten({ name: 'flatter' }),
        layers.dense({ name: 'fc', units: 3 }),
      ],
    });
    await expect(exportOnnx(randomModel(network, 1))).rejects.toThrow(
      expect.objectContaining({ code: 'export-unsupported', details: expect.objectContaining({ layer: 'again' }) }),
    );
  });
});
