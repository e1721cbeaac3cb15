import '@tensorflow/tfjs-backend-cpu';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dispose, memory, setBackend, type Tensor2D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../foundation/labError';
import { type Answers, createAsker, type OpenQuestion } from '../../foundation/openQuestion';
import { modelFileKind } from '../files/modelFileKind';
import type { NamedBytes } from '../files/packModelFiles';
import { writeSafetensors } from '../pytorch/writeSafetensors';
import { type ReadOptions, readModelFiles } from '../readModelFiles';
import { type CheckpointOptions, readCheckpoint } from './readCheckpoint';
import { readPyTorch } from './readPyTorch';
import { readSafetensors } from './readSafetensors';
import type { StateDict } from './stateDict';

beforeAll(async () => {
  await setBackend('cpu');
});

const folder = new URL('fixtures/', import.meta.url);
async function fixture(path: string): Promise<NamedBytes> {
  return { path, bytes: new Uint8Array(await readFile(new URL(path, folder))) };
}

/** The images of `makeCheckpoints.py`. */
function wave(size: number) {
  const values = Float32Array.from({ length: 2 * size * size * 3 }, (_, i) => Math.sin(0.37 * i * i + 1.7 * i));
  return tensor4d(values, [2, size, size, 3]);
}

const unreadable = (part: string) =>
  expect.objectContaining({ code: 'model-unreadable', message: expect.stringContaining(part) });

const strided = { reduction: 'adaptive-average', strides: '2,2,1', pools: 'none' };

/** Reads with the usual answers, or those given. */
function readWith(file: NamedBytes, options: Partial<CheckpointOptions> = {}) {
  return readCheckpoint(file, { asker: createAsker('usual'), ...options });
}

async function expectPyTorchsLogits(path: string, size: number, network: LayersModel): Promise<void> {
  const expected: Record<string, Record<string, number[][]>> = JSON.parse(
    await readFile(new URL('logits.json', folder), 'utf8'),
  );
  const logits = tidy(() => (network.predict(wave(size)) as Tensor2D).arraySync());
  const due = expected[path]![size]!;
  const largest = Math.max(...due.flat().map(Math.abs));
  const errors = logits.flatMap((row, i) => row.map((logit, j) => Math.abs(logit - due[i]![j]!)));
  expect(Math.max(...errors) / largest).toBeLessThan(1e-5);
}

async function weightsOf(path: string): Promise<StateDict> {
  return (await readPyTorch(await fixture(path))).dictionaries[0]!.read();
}

/** The questions that a file leaves open. */
async function questionsOf(path: string, options: ReadOptions = { imageSize: 32 }): Promise<OpenQuestion[]> {
  const error: unknown = await readModelFiles([await fixture(path)], options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(LabError);
  expect((error as LabError).code).toBe('needs-answers');
  return [...(error as LabError).questions!];
}

describe('readCheckpoint', () => {
  it.each([
    ['vgg11.pth', 64, 'VGG-11 with dense layers', 'PyTorch checkpoint (zip)'],
    ['vgg11.pth', 128, 'VGG-11 with dense layers', 'PyTorch checkpoint (zip)'],
    ['vgg11.pth', 224, 'VGG-11 with dense layers', 'PyTorch checkpoint (zip)'],
    ['vgg11-bn.safetensors', 64, 'VGG-11-BN with dense layers', 'safetensors'],
    ['resnet18.pth', 64, 'ResNet-18', 'PyTorch checkpoint (zip)'],
    ['resnet18.pth', 128, 'ResNet-18', 'PyTorch checkpoint (zip)'],
    ['resnet18-legacy.pth.tar', 64, 'ResNet-18', 'PyTorch checkpoint (legacy)'],
    ['resnet18-renamed.pt', 64, 'ResNet-18', 'PyTorch checkpoint (zip)'],
    ['resnet20.pt', 32, 'ResNet-20 for small images', 'PyTorch checkpoint (zip)'],
    ['resnet18-cifar.pt', 32, 'ResNet-18 for small images', 'PyTorch checkpoint (zip)'],
    ['small-cnn.pt', 32, 'CNN of 5 convolutions with global pooling', 'PyTorch checkpoint (zip)'],
  ])('%s gives PyTorch’s logits at %i pixels, read as usual', async (path, size, architecture, format) => {
    const file = await fixture(path);
    expect(await modelFileKind(file)).toBe(format === 'safetensors' ? 'safetensors' : 'pytorch');
    const { network, name, report } = await readWith(file, { imageSize: size });
    expect(name).toBe(architecture);
    expect(report.format).toBe(format);
    await expectPyTorchsLogits(path, size, network);
    network.dispose();
  });

  it.each<[string, Record<string, string>]>([
    ['head-sequential.pth', {}],
    ['head-two-layers.pth', { activation: 'leaky-relu-0.1', 'head-activation': 'gelu' }],
    ['gelu-pooled-stem.pth', { activation: 'gelu', stem: 'stride-1-pool' }],
    ['simsiam.pth.tar', {}],
    ['lightning.ckpt', { unused: 'yes' }],
    ['ema.pth', { network: 'state_dict_ema' }],
    ['two-heads.pt', { head: 'fc_skin' }],
    ['twenty-one-characters.pt', { pools: 'none' }],
    ['lenet.pt', { activation: 'tanh', pool: 'average-2' }],
    ['strided-adaptive.pt', { ...strided, activation: 'leaky-relu-0.2', 'head-activation': 'elu', epsilon: '1e-3' }],
    [
      'depthwise-overlapping.pt',
      { activation: 'silu', padding: '1,1,1,0', pools: '1,4', pool: 'max-3-2-1', reduction: 'max' },
    ],
  ])('%s gives PyTorch’s logits with the right answers %o', async (path, right) => {
    const first: Record<string, string> = right.network ? { network: right.network } : {};
    const questions = await questionsOf(path, { imageSize: 32, answers: first });
    const usual = Object.fromEntries(questions.map(({ key, choices }) => [key, choices[0]!.value]));
    const answers = { ...first, ...usual, ...right };
    const { network, importReport } = await readModelFiles([await fixture(path)], { imageSize: 32, answers });
    await expectPyTorchsLogits(path, 32, network);
    // Where nothing is pooled the answer how it is pooled is not needed.
    const due = Object.entries(answers).filter(([key]) => right.pools !== 'none' || key !== 'pool');
    expect(Object.fromEntries(importReport!.assumed!.map(({ key, value }) => [key, value]))).toEqual(
      Object.fromEntries(due),
    );
    network.dispose();
  });

  it('asks for what names and shapes do not say, and for nothing that torchvision’s names of a VGG say', async () => {
    const keys = async (path: string, options?: { imageSize?: number }) =>
      (await questionsOf(path, options)).map(({ key }) => key);
    expect(await keys('resnet18.pth')).toEqual(['activation', 'stem', 'strides', 'epsilon', 'reduction']);
    expect(await keys('resnet18-renamed.pt', {})).toEqual([
      'image-size',
      'layout',
      'activation',
      'stem',
      'strides',
      'epsilon',
      'reduction',
    ]);
    expect(await keys('vgg11.pth', {})).toEqual(['image-size', 'activation']);
    expect(await keys('vgg11-bn.safetensors')).toEqual(['activation', 'epsilon']);
    expect(await keys('small-cnn.pt')).toEqual([
      'order',
      'activation',
      'reduction',
      'padding',
      'strides',
      'pools',
      'pool',
    ]);
  });

  it('asks which of several networks is meant before it asks how it is made', async () => {
    const [question, ...more] = await questionsOf('ema.pth');
    expect(more).toEqual([]);
    expect(question).toMatchObject({
      key: 'network',
      choices: [
        { value: 'state_dict', label: 'ResNet-10, under "state_dict"' },
        { value: 'state_dict_ema', label: 'ResNet-10, under "state_dict_ema"' },
      ],
    });
  });

  it('offers first the readings with which the maps have the size that the dense layer reads', async () => {
    // Each of 8 channels has 25 pixels. 32-pixel images: 28 behind 5×5, 14 pooled, 10, and pooled 5. With stride 2: 14, 5;
    // with stride 2 at the first alone: 14, 10, and pooled 5. With the size kept, 32 halves to 16 and 8.
    const choices = Object.fromEntries(
      (await questionsOf('lenet.pt')).map(({ key, choices: offered }) => [
        key,
        offered.filter(({ label }) => !label.endsWith('(fits other answers)')).map(({ value }) => value),
      ]),
    );
    expect(choices).toMatchObject({
      reduction: ['flatten', 'adaptive-average'],
      padding: ['0'],
      strides: ['1', '2', '2,1'],
      pools: ['1,2'],
      pool: ['max-2', 'average-2', 'max-3-2-1'],
    });
    const answers = { reduction: 'adaptive-average', padding: 'half' };
    const open = await questionsOf('lenet.pt', { imageSize: 32, answers });
    expect(open.find(({ key }) => key === 'pools')!.choices[0]).toEqual({
      value: '1,2',
      label: '1,2 (counted from 1)',
    });
  });

  it('refuses answers that do not fit the weights, and says where', async () => {
    const file = await fixture('lenet.pt');
    const usual = Object.fromEntries(
      (await questionsOf('lenet.pt')).map(({ key, choices }) => [key, choices[0]!.value]),
    );
    const read = (answers: Answers) => readModelFiles([file], { imageSize: 32, answers });
    await expect(read({ ...usual, padding: '2' })).rejects.toThrow(unreadable('"7.weight" is [12, 200]'));
    await expect(read({ ...usual, pool: 'max-40' })).rejects.toThrow(unreadable('too small for a pooling of 40'));
    const invalid = { code: 'config-invalid' };
    await expect(read({ ...usual, pool: 'max' })).rejects.toMatchObject(invalid);
    await expect(read({ ...usual, pools: '2,1' })).rejects.toMatchObject(invalid);
    await expect(read({ ...usual, strides: '1,1,1' })).rejects.toMatchObject(invalid);
    await expect(read({ ...usual, activation: 'leaky-relu-2' })).rejects.toMatchObject(invalid);
  });

  it('gives models that are read otherwise from one file other ids', async () => {
    const file = await fixture('small-cnn.pt');
    const read = (imageSize: number) => readModelFiles([file], { imageSize, answers: 'usual' });
    const [small, large] = [await read(32), await read(64)];
    expect(small.id).not.toBe(large.id);
    small.network.dispose();
    large.network.dispose();
  });

  it.each([
    ['groupnorm.pth', 'GroupNorm, LayerNorm or InstanceNorm', '"bn1", "layer1.0.bn1"'],
    ['whole-module.pth', 'a whole pickled module (torch.nn.modules.container.Sequential)', ''],
    ['whole-module-legacy.pth', 'a whole pickled module (torch.nn.modules.activation.ReLU)', ''],
    ['torchscript.pt', 'a TorchScript program', ''],
  ])('%s: says that it is %s', async (path, part, names) => {
    await expect(readWith(await fixture(path))).rejects.toThrow(unreadable(part));
    await expect(readWith(await fixture(path))).rejects.toThrow(unreadable(names));
  });

  it('reports every layer: mapped, repaired, or unused', async () => {
    const { network, report } = await readWith(await fixture('resnet18-legacy.pth.tar'));
    expect(report.found).toBe('ResNet-18 for 224-pixel images; weights under "state_dict", names without "module.".');
    expect(report.lines).toContainEqual({ layer: 'layer4.0.downsample.1', status: 'mapped', detail: 'same name' });
    expect(report.lines.at(-1)).toEqual({
      layer: 'num_batches_tracked',
      status: 'unused',
      detail: '20 counters of batches',
    });
    network.dispose();
    const vgg = await readWith(await fixture('vgg11.pth'), { imageSize: 64 });
    expect(vgg.report.found).toContain('2×2 max pooling behind the convolutions 1,2,4,6,8');
    expect(vgg.report.lines).toContainEqual({
      layer: 'fc1',
      status: 'repaired',
      detail: 'from "classifier.0"; the average pooling of 2×2 maps to 7×7 was taken into its weights',
    });
    vgg.network.dispose();
    const small = await readWith(await fixture('resnet20.pt'));
    expect(small.report.lines.filter(({ status }) => status === 'repaired').map(({ layer }) => layer)).toEqual([
      'layer2.0.downsample.select',
      'layer3.0.downsample.select',
    ]);
    small.network.dispose();
  });

  it('runs nothing in a pickle: a call of os.system is only a name', async () => {
    await expect(readPyTorch({ path: 'x', bytes: new Uint8Array() })).rejects.toThrow(unreadable('data.pkl'));
    const harmful = await fixture('harmful.pth');
    await expect(readWith(harmful)).rejects.toThrow(unreadable('no dictionary of weights'));
    expect(existsSync('harmful-was-run')).toBe(false);
  });

  it('refuses a weight that is not a number, with its name and place', async () => {
    const weights = await weightsOf('resnet20.pt');
    weights.get('layer1.0.bn1.weight')!.values[2] = Number.NaN;
    const file = { path: 'broken.safetensors', bytes: writeSafetensors(weights) };
    await expect(readWith(file)).rejects.toThrow(unreadable('"layer1.0.bn1.weight" holds NaN at position 2'));
  });

  it('refuses a missing weight, one that does not fit, and a network that it does not know', async () => {
    const weights = await weightsOf('resnet20.pt');
    const without = new Map([...weights].filter(([name]) => name !== 'layer2.1.bn2.running_var'));
    const pack = (state: typeof weights) => ({ path: 'a.safetensors', bytes: writeSafetensors(state) });
    await expect(readWith(pack(without))).rejects.toThrow(unreadable('"layer2.1.bn2.running_var" is missing'));
    const bias = new Map([...weights].filter(([name]) => name !== 'linear.bias'));
    await expect(readWith(pack(bias))).rejects.toThrow(unreadable('"linear.bias" is missing'));
    const wide = new Map(weights).set('layer1.1.conv2.weight', { shape: [4, 5, 3, 3], values: new Float32Array(180) });
    await expect(readWith(pack(wide))).rejects.toThrow(unreadable('which does not fit "layer1.1.conv2"'));
    const other = new Map([...weights].filter(([name]) => name.startsWith('layer1')));
    await expect(readWith(pack(other))).rejects.toThrow(unreadable('fit no architecture'));
  });

  it('leaves no tensor behind, whether it succeeds or fails', async () => {
    const file = await fixture('resnet20.pt');
    const before = memory().numTensors;
    const { network } = await readWith(file);
    network.dispose();
    const weights = await weightsOf('resnet20.pt');
    weights.delete('linear.bias');
    await expect(readWith({ path: 'a.safetensors', bytes: writeSafetensors(weights) })).rejects.toThrow(
      unreadable('missing'),
    );
    dispose([]);
    expect(memory().numTensors).toBe(before);
  });
});

it('safetensors come back as they were written', () => {
  const weights = new Map([
    ['a.weight', { shape: [2, 2], values: Float32Array.of(1, -2.5, 3e-8, 4) }],
    ['b', { shape: [], values: Float32Array.of(7) }],
  ]);
  const { dictionaries } = readSafetensors({ path: 'x', bytes: writeSafetensors(weights, { name: 'a “name”' }) });
  expect(dictionaries.map((dictionary) => dictionary.read())).toEqual([weights]);
});
