import '@tensorflow/tfjs-backend-cpu';
import { readFile } from 'node:fs/promises';
import { randomUniform, setBackend, type Tensor2D, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { createAsker } from '../../foundation/openQuestion';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { floats, type HandGraph, integers, randomWeight, writeHandGraph } from '../../testing/onnxFile';
import { onnxLogits } from '../../testing/onnxLogits';
import { disposeModel } from '../disposeModel';
import { openNetwork } from '../files/openNetwork';
import type { NamedBytes } from '../files/packModelFiles';
import type { LabModel } from '../labModel';
import { disposeNetwork } from '../network/disposeNetwork';
import { normalizeTopology } from '../normalizeTopology';
import { readModelFiles } from '../readModelFiles';
import { applyPruning } from '../surgery/applyPruning';
import { maskChannels } from '../surgery/maskChannels';
import { planPruning } from '../surgery/planPruning';
import { exportOnnx } from './exportOnnx';

beforeAll(async () => {
  await setBackend('cpu');
});

interface Expected {
  size: number;
  channels: number;
  opset: number;
  logits: number[][];
}

const folder = new URL('fixtures/', import.meta.url);
async function fixture(name: string): Promise<NamedBytes> {
  return { path: `${name}.onnx`, bytes: new Uint8Array(await readFile(new URL(`${name}.onnx`, folder))) };
}
async function expectedOf(name: string): Promise<Expected> {
  const all: Record<string, Expected> = JSON.parse(await readFile(new URL('logits.json', folder), 'utf8'));
  return all[name]!;
}

/** The images of `makeOnnx.py`. */
function wave(size: number, channels: number) {
  const values = Float32Array.from({ length: 2 * size * size * channels }, (_, i) => Math.sin(0.37 * i * i + 1.7 * i));
  return tensor4d(values, [2, size, size, channels]);
}

/** The network in the lab's form, and its report. */
async function open(name: string, imageSize: number) {
  const opened = await openNetwork([await fixture(name)], { imageSize, asker: createAsker() });
  const { network } = normalizeTopology(opened.network);
  if (network !== opened.network) disposeNetwork(opened.network);
  return { ...opened, network };
}

const unreadable = (part: string) =>
  expect.objectContaining({ code: 'model-unreadable', message: expect.stringContaining(part) });

describe('reading ONNX files', () => {
  it.each(['resnet', 'resnet-norms', 'plain', 'groups', 'mobile', 'shuffle', 'padded-skip'])(
    '%s.onnx gives PyTorch’s logits',
    async (name) => {
      const { size, channels, logits, opset } = await expectedOf(name);
      const { network, report } = await open(name, size);
      const found = tidy(() => (network.predict(wave(size, channels)) as Tensor2D).arraySync());
      const largest = Math.max(...logits.flat().map(Math.abs));
      expect(report.format).toBe(`ONNX, opset ${opset}`);
      expect(largestDifference(found, logits) / largest).toBeLessThan(1e-5);
      disposeNetwork(network);
    },
  );

  it.each([
    ['resnet', 'layer4.0.conv2', 'layer2.0.conv1'],
    ['resnet-norms', 'layer4.0.conv2', 'layer3.0.conv1'],
    ['plain', '4', '0'],
    ['groups', 'tail', 'groups.group1'],
    ['mobile', 'project', 'stem'],
    ['shuffle', 'branch', 'stem'],
  ])(
    '%s.onnx with channels of "%s" or of "%s" removed is its silent twin, also in ONNX Runtime',
    async (name, ...layers) => {
      const { size } = await expectedOf(name);
      const model = await readModelFiles([await fixture(name)], { imageSize: size });
      const images = wave(size, 3);
      for (const layer of layers) {
        const plan = planPruning(model, { [layer]: [0, 2] }, 'tail');
        const pruned = applyPruning(model, plan, modelId('pruned'));
        const masked = maskChannels(model, plan);
        const expected = logitsOf(masked, images);
        const largest = Math.max(...expected.flat().map(Math.abs));
        expect(pruned.originalChannels[layer]).not.toContain(2);
        expect(largestDifference(logitsOf(pruned, images), expected) / largest).toBeLessThan(1e-5);
        const [file] = await exportOnnx(pruned);
        expect(largestDifference(await onnxLogits(file!.bytes, images), expected) / largest).toBeLessThan(1e-5);
        const back = await readModelFiles([{ path: 'back.onnx', bytes: file!.bytes }]);
        expect(largestDifference(logitsOf(back, images), expected) / largest).toBeLessThan(1e-5);
        for (const made of [pruned, masked, back]) disposeModel(made);
      }
      disposeModel(model);
    },
  );

  it('asks for the size of the images where the file leaves it open', async () => {
    const file = await fixture('groups');
    await expect(readModelFiles([file])).rejects.toMatchObject({
      code: 'needs-answers',
      questions: [expect.objectContaining({ key: 'image-size' })],
    });
    const model = await readModelFiles([file], { answers: { 'image-size': '16' } });
    expect(model.preprocessing.imageSize).toBe(16);
    expect(model.importReport!.assumed).toEqual([expect.objectContaining({ key: 'image-size', value: '16' })]);
    disposeModel(model);
    await expect(readModelFiles([file], { answers: { 'image-size': 'wide' } })).rejects.toMatchObject({
      code: 'config-invalid',
    });
  });

  it('reports what became of every node', async () => {
    const model = await readModelFiles([await fixture('plain')]);
    expect(model.importReport).toMatchObject({
      format: 'ONNX, opset 11',
      found: expect.stringContaining('pytorch 1.13'),
    });
    expect(model.importReport!.lines).toEqual(
      expect.arrayContaining([
        { layer: '0', status: 'mapped', detail: 'from Conv "/0/Conv"' },
        {
          layer: '8',
          status: 'repaired',
          detail: 'from Gemm "/8/Gemm"; its rows were put in the order height, width, channel',
        },
      ]),
    );
    expect(model.notes).toContain('The final softmax "12" was removed: the outputs are logits now.');
    disposeModel(model);
  });

  it('leaves fixed selections alone when training is prepared', async () => {
    const model = await readModelFiles([await fixture('shuffle')], { imageSize: 16 });
    const frozenOf = ({ network }: LabModel) => {
      const frozen = network.layers.filter(({ trainable, weights }) => weights.length > 0 && !trainable);
      return frozen.map(({ name }) => name).toSorted();
    };
    const frozen = ['Reshape_1.select', 'Slice.select', 'Slice_1.select'];
    expect(frozenOf(model)).toEqual(frozen);
    const [file] = await exportOnnx(model);
    const back = await readModelFiles([{ path: 'back.onnx', bytes: file!.bytes }]);
    expect(frozenOf(back)).toEqual(frozen);
    disposeModel(model);
    disposeModel(back);
  });
});

/** As tf2onnx writes Keras' networks: images channels last, transposed; scaled in the graph; a softmax at the end. */
async function likeTf2onnx() {
  return writeHandGraph({
    opset: 15,
    input: ['unk__12', 12, 12, 3],
    nodes: [
      ['Mul', ['x', 'scale'], ['scaled']],
      ['Sub', ['scaled', 'one'], ['shifted']],
      ['Transpose', ['shifted'], ['nchw'], { perm: [0, 3, 1, 2] }],
      ['Conv', ['nchw', 'k1', 'b1'], ['c1'], { auto_pad: 'SAME_UPPER', strides: [2, 2] }],
      ['Clip', ['c1', 'zero', 'six'], ['r1']],
      ['Conv', ['r1', 'k2'], ['c2'], { group: 4, pads: [1, 1, 1, 1] }],
      ['BatchNormalization', ['c2', 'g', 'b', 'm', 'v'], ['n2'], { epsilon: { float: 0.001 } }],
      ['Add', ['n2', 'r1'], ['sum']],
      ['MaxPool', ['sum'], ['p'], { kernel_shape: [2, 2], strides: [2, 2] }],
      ['Transpose', ['p'], ['nhwc'], { perm: [0, 2, 3, 1] }],
      ['Reshape', ['nhwc', 'flat'], ['f']],
      ['MatMul', ['f', 'w'], ['d']],
      ['Add', ['d', 'bias'], ['logits']],
      ['Softmax', ['logits'], ['y'], { axis: 1 }],
    ],
    weights: {
      scale: floats([1], [1 / 127.5]),
      one: floats([], [1]),
      k1: randomWeight([4, 3, 3, 3], 1),
      b1: randomWeight([4], 2),
      zero: floats([], [0]),
      six: floats([], [6]),
      k2: randomWeight([4, 1, 3, 3], 3),
      g: randomWeight([4], 4),
      b: randomWeight([4], 5),
      m: randomWeight([4], 6),
      v: floats([4], [1, 2, 0.5, 1]),
      flat: integers([-1, 36]),
      w: randomWeight([36, 3], 7),
      bias: randomWeight([3], 8),
    },
  });
}

describe('ONNX files of other writers', () => {
  it('reads what tf2onnx writes: ONNX Runtime’s classes, and logits without the softmax', async () => {
    const file = await likeTf2onnx();
    const images = randomUniform([2, 12, 12, 3], 0, 255, 'float32', 3) as Tensor4D;
    const expected = await onnxLogits(file.bytes, images, 'bhwc');
    const model = await readModelFiles([file]);
    const found = logitsOf(model, images).map((row) => {
      const exponentials = row.map(Math.exp);
      return exponentials.map((value) => value / exponentials.reduce((a, b) => a + b));
    });
    expect(largestDifference(found, expected)).toBeLessThan(1e-5);
    expect(model.network.layers.map((layer) => layer.getClassName())).toEqual([
      'InputLayer',
      'Rescaling',
      'ZeroPadding2D',
      'Conv2D',
      'Activation',
      'DepthwiseConv2D',
      'BatchNormalization',
      'Add',
      'MaxPooling2D',
      'Flatten',
      'Dense',
    ]);
    disposeModel(model);
  });

  const weights = { k: randomWeight([4, 3, 3, 3], 1), w: randomWeight([4, 3], 2) };
  const graph: HandGraph = {
    input: ['n', 3, 6, 6],
    nodes: [
      ['Conv', ['x', 'k'], ['c']],
      ['GlobalAveragePool', ['c'], ['g']],
      ['Flatten', ['g'], ['f']],
      ['MatMul', ['f', 'w'], ['y']],
    ],
    weights,
  };
  const numbersOf = ({ rawData }: (typeof weights)['k']) => new Float32Array(rawData!.slice().buffer);

  it('reads numbers that are written one by one, and in 64 bits', async () => {
    const images = randomUniform([1, 6, 6, 3], 0, 1, 'float32', 3) as Tensor4D;
    const file = await writeHandGraph({
      ...graph,
      weights: {
        k: { dataType: 1, dims: [4, 3, 3, 3], floatData: [...numbersOf(weights.k)] },
        w: { dataType: 11, dims: [4, 3], doubleData: [...numbersOf(weights.w)] },
      },
    });
    const model = await readModelFiles([file]);
    const plain = await writeHandGraph(graph);
    expect(largestDifference(logitsOf(model, images), await onnxLogits(plain.bytes, images))).toBeLessThan(1e-5);
    disposeModel(model);
  });

  it('reads 16-bit weights, which the graph casts', async () => {
    const images = randomUniform([1, 6, 6, 3], 0, 1, 'float32', 3) as Tensor4D;
    // 1.5, -2, 0.25 and 2^-14 are exact in 16 bits.
    const bits = [0x3e00, 0xc000, 0x3400, 0x0400];
    const halves = Uint16Array.from({ length: 12 }, (_, i) => bits[i % 4]!);
    const file = await writeHandGraph({
      ...graph,
      nodes: [['Cast', ['half'], ['w'], { to: 1 }], ...graph.nodes],
      weights: { k: weights.k, half: { dataType: 10, dims: [4, 3], rawData: new Uint8Array(halves.buffer) } },
    });
    const model = await readModelFiles([file]);
    expect(model.importReport!.found).toContain('1 of them have 16 bits');
    expect(model.network.layers.at(-1)!.getWeights()[0]!.dataSync().slice(0, 4)).toEqual(
      Float32Array.of(1.5, -2, 0.25, 2 ** -14),
    );
    expect(largestDifference(logitsOf(model, images), await onnxLogits(file.bytes, images))).toBeLessThan(1e-5);
    disposeModel(model);
  });

  it('reads weights that lie in a file beside the model, and names it when it is missing or too short', async () => {
    const images = randomUniform([1, 6, 6, 3], 0, 1, 'float32', 3) as Tensor4D;
    const data = new Uint8Array([...new Uint8Array(16), ...weights.k.rawData!]);
    const externalData = [
      { key: 'location', value: 'hand.onnx.data' },
      { key: 'offset', value: '16' },
      { key: 'length', value: String(4 * 108) },
    ];
    const file = await writeHandGraph({
      ...graph,
      weights: { ...weights, k: { dataType: 1, dims: [4, 3, 3, 3], dataLocation: 1, externalData } },
    });
    const model = await readModelFiles([file, { path: 'hand.onnx.data', bytes: data }]);
    const plain = await writeHandGraph(graph);
    expect(largestDifference(logitsOf(model, images), await onnxLogits(plain.bytes, images))).toBeLessThan(1e-5);
    disposeModel(model);
    await expect(readModelFiles([file])).rejects.toThrow(unreadable('"hand.onnx.data", which is missing'));
    const short = { path: 'hand.onnx.data', bytes: data.subarray(0, 100) };
    await expect(readModelFiles([file, short])).rejects.toThrow(unreadable('432 bytes from byte 16'));
  });

  it('refuses numbers that are none, and quantised weights, by name', async () => {
    const broken = floats(
      [4, 3],
      Array.from({ length: 12 }, (_, i) => (i === 0 ? Number.NaN : 1)),
    );
    await expect(
      readModelFiles([await writeHandGraph({ ...graph, weights: { ...weights, w: broken } })]),
    ).rejects.toThrow(unreadable('holds NaN'));
    const small = { dataType: 17, dims: [4, 3], rawData: new Uint8Array(12) };
    await expect(
      readModelFiles([await writeHandGraph({ ...graph, weights: { ...weights, w: small } })]),
    ).rejects.toThrow(unreadable('"w" is of a kind that the lab does not read'));
  });
});
