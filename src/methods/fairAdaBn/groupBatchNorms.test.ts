import { io, type Rank, randomNormal, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { buildArchitecture } from '../../model/architectures/buildArchitecture';
import { copyModel } from '../../model/copyModel';
import { exportModel } from '../../model/exportModel';
import { packModelFiles } from '../../model/files/packModelFiles';
import type { LabModel } from '../../model/labModel';
import { readModelFiles } from '../../model/readModelFiles';
import { predictBatch, runModel } from '../../model/runModel';
import { serializeModel } from '../../model/serializeModel';
import { tapLayer } from '../../model/tapLayer';
import { startWasmAndCpu } from '../../testing/computeOn';
import { largestDifference } from '../../testing/goldenSurgery';
import { randomModel } from '../../testing/randomNetwork';
import { adaptModel } from '../methods';

beforeAll(startWasmAndCpu);

const adaptFor = { groupNames: ['light', 'dark'], attribute: 'skin', seed: 1 };
const imageSize = 32;

function build(name: 'vgg11' | 'vgg11-bn' | 'resnet18'): LabModel {
  const spec = { name, imageSize, classCount: 3, seed: 1, widthMultiplier: 0.05 };
  const built = buildArchitecture(spec, {
    id: modelId('m'),
    name: 'm',
    classNames: ['a', 'b', 'c'],
    preprocessing: { imageSize, mean: [0, 0, 0], std: [1, 1, 1] },
  });
  return { ...built, network: randomModel(built.network, 3).network };
}

/** Random weights, those of the groups unlike one another. */
function adapted(name: 'vgg11-bn' | 'resnet18', which = 'paper'): LabModel {
  const model = adaptModel(build(name), { id: 'fair-adabn', settings: { which } }, adaptFor);
  randomModel(model.network, 5);
  return model;
}

const images = () => randomNormal<Rank.R4>([3, imageSize, imageSize, 3], 0, 1, 'float32', 2);
const groups = [0, 1, 1];
const logits = (model: LabModel, of: number[] | null = groups) =>
  predictBatch(model, { images: images(), groups: of }).arraySync();
const kinds = ({ network }: LabModel) =>
  network.layers.filter((layer) => layer.getClassName() === 'GroupBatchNormalization').map(({ name }) => name);

describe('a network with BatchNorms of each group’s own', () => {
  it.each(['vgg11-bn', 'resnet18'] as const)('starts with the values of %s, for every group', (name) => {
    const before = build(name);
    const due = logits(before, null);
    const model = adaptModel(before, { id: 'fair-adabn', settings: {} }, adaptFor);
    for (const all of [
      [0, 0, 0],
      [1, 1, 1],
    ])
      expect(largestDifference(logits(model, all), due)).toBeLessThan(1e-4);
    expect(model).toMatchObject({
      groupInput: { attribute: 'skin', names: ['light', 'dark'] },
      method: { id: 'fair-adabn' },
    });
  });

  it('has them everywhere but in the stem, or as released', () => {
    const paper = kinds(adapted('resnet18'));
    expect(paper).toHaveLength(19);
    expect(paper).not.toContain('bn1');
    const released = kinds(adapted('resnet18', 'release'));
    expect(released).toEqual([1, 2, 3, 4].flatMap((stage) => [0, 1].map((block) => `layer${stage}.${block}.bn1`)));
    expect(kinds(adapted('vgg11-bn', 'release'))).toEqual(kinds(adapted('vgg11-bn')));
    expect(kinds(adapted('vgg11-bn'))).toHaveLength(7);
  });

  it('predicts by the group, tells maps, and asks for the group where it is not known', () => {
    const model = adapted('vgg11-bn');
    const [light, dark] = [logits(model, [0, 0, 0]), logits(model, [1, 1, 1])];
    expect(largestDifference(light, dark)).toBeGreaterThan(0.01);
    expect(largestDifference(logits(model), [light[0]!, dark[1]!, dark[2]!])).toBeLessThan(1e-5);
    for (const { name } of model.network.layers.filter((layer) => layer.getClassName() === 'Conv2D')) {
      expect(runModel(model, { images: images(), groups }, { maps: [tapLayer(model, name)] }).maps[0]!.shape[0]).toBe(
        3,
      );
    }
    expect(() => logits(model, null)).toThrow(
      expect.objectContaining({ code: 'group-unknown', hint: expect.stringContaining('light or dark') }),
    );
  });

  it('is refused by name without BatchNorm, and a second time', () => {
    const choice = { id: 'fair-adabn', settings: {} };
    expect(() => adaptModel(build('vgg11'), choice, adaptFor)).toThrow(/no BatchNorm.*Plain VGG has none/);
    expect(() => adaptModel(adapted('resnet18'), choice, adaptFor)).toThrow(/already/);
  });
});

describe('the files of such a network', () => {
  it.each([
    ['vgg11-bn', 'paper'],
    ['resnet18', 'release'],
  ] as const)('give %s (%s) again to the bit', async (name, which) => {
    const model = adapted(name, which);
    const due = logits(model);
    const read = await readModelFiles(packModelFiles(await serializeModel(model)), { id: model.id });
    expect(logits(read)).toEqual(due);
    expect(read.groupInput).toEqual(model.groupInput);
    expect(read.method).toEqual(model.method);
    expect(read.notes).toEqual([]);
    expect(read.network.weights.map(({ shape }) => shape)).toEqual(model.network.weights.map(({ shape }) => shape));
    expect(logits(copyModel(read, modelId('copy')))).toEqual(due);
  });

  it('are standard layers, which plain tfjs loads and which give the same for every group', async () => {
    const model = adapted('resnet18');
    const files = unzipSync(await exportModel(model, { modelCard: '' }));
    const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(files['model.json']!));
    expect(JSON.stringify(modelTopology)).not.toContain('GroupBatchNormalization');
    const weightData = files['weights.bin']!.slice().buffer;
    const plain = await loadLayersModel(
      io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
    );
    const given = plain.predict([images(), tensor2d([[0], [1], [1]], [3, 1], 'int32')]) as Tensor;
    expect(largestDifference(given.arraySync() as number[][], logits(model))).toBeLessThan(1e-5);
  });

  it.each([
    ['pytorch', 'PyTorch'],
    ['onnx', 'ONNX'],
  ] as const)('are refused for %s by the layer’s name', async (format, label) => {
    await expect(exportModel(adapted('resnet18'), { format, modelCard: '' })).rejects.toMatchObject({
      code: 'export-unsupported',
      message: expect.stringMatching(
        new RegExp(`"layer1.0.bn1" cannot be written for ${label}: it normalises by the group`),
      ),
    });
  });

  it('are refused without lab.json, with fewer groups there, and with masks that were changed', async () => {
    const files = packModelFiles(await serializeModel(adapted('vgg11-bn')));
    await expect(readModelFiles(files.filter(({ path }) => path !== 'lab.json'))).rejects.toMatchObject({
      code: 'model-unreadable',
      message: expect.stringContaining('its input is [?, 32, 32, 3] and [?, 1]'),
    });
    const change = (path: string, edit: (text: string) => string) =>
      files.map((file) =>
        file.path === path
          ? { path, bytes: new TextEncoder().encode(edit(new TextDecoder().decode(file.bytes))) }
          : file,
      );
    await expect(readModelFiles(change('lab.json', (text) => text.replace(/"light",\s*/, '')))).rejects.toThrow(
      'tells of 1 groups, but the network tells 2 apart',
    );
    const bytes = files[0]!.bytes.slice();
    bytes.fill(0, bytes.length - 16);
    await expect(readModelFiles([{ ...files[0]!, bytes }, ...files.slice(1)])).rejects.toThrow(
      '"group.is0", which should choose group 0, was changed',
    );
  });
});
