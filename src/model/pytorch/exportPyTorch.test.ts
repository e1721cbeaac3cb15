import '@tensorflow/tfjs-backend-cpu';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomNormal, randomUniform, setBackend, type Tensor4D, tidy, transpose } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { fillWithWaves } from '../../testing/fillWithWaves';
import { logitsOf } from '../../testing/goldenSurgery';
import { branchKinds, buildBranchedNetwork } from '../../testing/randomBranches';
import { buildRandomNetwork, type RandomNetwork, randomModel } from '../../testing/randomNetwork';
import { parsePlan } from '../architectures/architecturePlan';
import { buildArchitecture } from '../architectures/buildArchitecture';
import plans from '../architectures/golden/planLogits.json';
import { type ArchitectureName, type LabModel, type PruningMode, pruningModes } from '../labModel';
import { layerWeights } from '../network/layerWeights';
import { presetScale } from '../preprocessing';
import { summarizeModel } from '../summarizeModel';
import { applyPruning } from '../surgery/applyPruning';
import { planPruning } from '../surgery/planPruning';
import { exportPyTorch } from './exportPyTorch';
import names from './fixtures/torchvisionNames.json';

beforeAll(async () => {
  await setBackend('cpu');
});

function build(name: ArchitectureName, imageSize = 64): LabModel {
  const model = buildArchitecture(
    { name, imageSize, classCount: 5, widthMultiplier: 0.125, seed: 1 },
    {
      id: modelId(name),
      name,
      classNames: ['a', 'b', 'c', 'd', 'it’s "e"'],
      preprocessing: { imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
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

async function namesOf(model: LabModel): Promise<Record<string, number[]>> {
  const [file] = await exportPyTorch(model);
  const { bytes } = file!;
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header: Record<string, { shape: number[] }> = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, 8 + length)),
  );
  return Object.fromEntries(Object.entries(header).flatMap(([name, { shape }]) => (shape ? [[name, shape]] : [])));
}

describe('exportPyTorch', () => {
  it.each(['vgg11', 'vgg11-bn', 'resnet18'] as const)('%s has torchvision’s names and layouts', async (name) => {
    expect(await namesOf(build(name))).toEqual(names[name]);
  });

  it('refuses a layer that PyTorch has no counterpart for, by name', async () => {
    const network = sequential({
      layers: [
        layers.flatten({ name: 'flat', inputShape: [6, 6, 3] }),
        layers.repeatVector({ name: 'again', n: 2 }),
        layers.flatten({ name: 'flatter' }),
        layers.dense({ name: 'fc', units: 3 }),
      ],
    });
    await expect(exportPyTorch(randomModel(network, 1))).rejects.toThrow(
      expect.objectContaining({ code: 'export-unsupported', details: expect.objectContaining({ layer: 'again' }) }),
    );
  });
});

const python = process.env.LAB_PYTHON;

/** One scale and shift per channel, as files of Keras have them; the types of tfjs know single numbers only. */
const perChannel = JSON.parse('{"scale": [2, 0.5, 1], "offset": [0, -1, 0.25]}');

it('names of classes and of the model are strings of the script, whatever they hold', async () => {
  const model = { ...build('vgg11'), name: 'x"""\nimport os', classNames: ["''' + x", 'a\\', 'b"', 'c\nd', '#'] };
  const files = await exportPyTorch(model);
  const lines = new TextDecoder().decode(files.find(({ path }) => path === 'load_model.py')!.bytes).split('\n');
  expect(lines).toContain('CLASS_NAMES = ["\'\'\' + x", "a\\\\", "b\\"", "c\\nd", "#"]');
  expect(lines).toContain('Name: "x\\"\\"\\"\\nimport os"');
  expect(lines).not.toContain('import os');
});

/** Logits that PyTorch gives with the exported files. */
async function pyTorchLogits(model: LabModel, images: Tensor4D): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lab-pytorch-'));
  for (const { path, bytes } of await exportPyTorch(model)) writeFileSync(join(folder, path), bytes);
  const input = tidy(() => transpose(images, [0, 3, 1, 2]).dataSync<'float32'>());
  writeFileSync(join(folder, 'images.bin'), new Uint8Array(input.buffer, input.byteOffset, input.byteLength));
  const [count, height, width] = images.shape;
  writeFileSync(
    join(folder, 'run.py'),
    `import json, torch
from load_model import load
images = torch.frombuffer(bytearray(open("images.bin", "rb").read()), dtype=torch.float32).reshape(${count}, 3, ${height}, ${width})
with torch.no_grad():
    print(json.dumps(load()(images).flatten().tolist()))
`,
  );
  return JSON.parse(execFileSync(python!, ['run.py'], { cwd: folder, encoding: 'utf8' }));
}

async function expectSameLogits(model: LabModel): Promise<void> {
  const size = model.preprocessing.imageSize;
  const images = randomNormal([2, size, size, 3], 0, 1, 'float32', 5) as Tensor4D;
  const expected = logitsOf(model, images).flat();
  const largest = Math.max(...expected.map(Math.abs));
  const found = await pyTorchLogits(model, images);
  expect(Math.max(...expected.map((logit, i) => Math.abs(logit - found[i]!))) / largest).toBeLessThan(1e-4);
}

/** With LAB_PYTHON=/usr/bin/python3 (or any Python that has PyTorch) in the environment. */
describe.runIf(python)('PyTorch gives the same logits with the exported files', () => {
  it.each(['vgg11', 'vgg11-bn', 'resnet18'] as const)('%s, unpruned', (name) => expectSameLogits(build(name)));

  it.each(plans.filter(({ channels }) => channels === 3))('a plan: $name, unpruned and pruned', async (golden) => {
    const { imageSize, name } = golden;
    const plan = parsePlan(golden.plan);
    const model = buildArchitecture(
      { plan, imageSize, classCount: 3, seed: 1 },
      { id: modelId(name), name, classNames: ['a', 'b', 'c'], preprocessing: { imageSize, ...presetScale('lab') } },
    );
    fillWithWaves(model.network);
    await expectSameLogits(model);
    const layer = summarizeModel(model, { batchSize: 1 }).defaultLayer!;
    await expectSameLogits(applyPruning(model, planPruning(model, { [layer]: [1] }), modelId('pruned')));
  });

  it.each(pruningModes)('ResNet-18, its last convolution pruned in the mode %s', async (mode: PruningMode) => {
    const model = build('resnet18');
    const targets = { 'layer4.1.conv2': [1, 5, 40], 'layer3.0.conv1': [0, 2] };
    await expectSameLogits(applyPruning(model, planPruning(model, targets, mode), modelId('pruned')));
  });

  it('VGG-11-BN, its last convolution pruned', async () => {
    const model = build('vgg11-bn');
    await expectSameLogits(applyPruning(model, planPruning(model, { conv8: [0, 7] }), modelId('pruned')));
  });

  it.each(['conv', 'separable', 'transposed', 'flattenDense', 'averageDense', 'maxDense'] as RandomNetwork['reader'][])(
    'every kind of layer of the random chains, read by %s',
    (reader) =>
      expectSameLogits(
        buildRandomNetwork({
          channels: 4,
          between: [
            'batchNormalization',
            'relu',
            'leakyRelu',
            'sharedPrelu',
            'padding',
            'maxPool',
            'depthwise',
            'dropout',
          ],
          reader,
          useBias: true,
          seed: 3,
        }),
      ),
  );

  it('a network that scales images by channels and activations by a number', () =>
    expectSameLogits(
      randomModel(
        sequential({
          layers: [
            layers.rescaling({ inputShape: [6, 6, 3], ...perChannel }),
            layers.conv2d({ filters: 4, kernelSize: 3 }),
            layers.rescaling({ scale: 0.1, offset: 0.5 }),
            layers.flatten(),
            layers.dense({ units: 3 }),
          ],
        }),
        6,
      ),
    ));

  it.each(branchKinds)('a network that branches: %s', (kind) =>
    expectSameLogits(buildBranchedNetwork({ blocks: ['conv', kind, 'relu', kind], reader: 'flatten', seed: 4 })),
  );
});

it('orders the rows of a dense layer behind a flattening by channel, as PyTorch does', async () => {
  const model = buildRandomNetwork({ channels: 2, between: [], reader: 'flattenDense', useBias: true, seed: 1 });
  const [file] = await exportPyTorch(model);
  const { bytes } = file!;
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header: Record<string, { data_offsets: [number, number] }> = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, 8 + length)),
  );
  const at = 8 + length + header['logits.weight']!.data_offsets[0];
  const exported = new Float32Array(bytes.slice(at, at + 4 * 72).buffer);
  const { value } = layerWeights(model.network.getLayer('logits'))[0]!;
  const kernel = value.dataSync();
  // Unit 0; channel 1 at row 2, column 3 of the 6×6 maps: PyTorch's input 36 + 15, tfjs' row 2 · 15 + 1 of [72, 3].
  expect(exported[36 + 15]).toBe(kernel[(2 * 15 + 1) * 3]);
});
