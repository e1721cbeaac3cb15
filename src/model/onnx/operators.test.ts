import '@tensorflow/tfjs-backend-cpu';
import { memory, randomNormal, setBackend, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { floats, type HandGraph, type HandNode, integers, randomWeight, writeHandGraph } from '../../testing/onnxFile';
import { onnxLogits } from '../../testing/onnxLogits';
import { disposeModel } from '../disposeModel';
import { readModelFiles } from '../readModelFiles';

beforeAll(async () => {
  await setBackend('cpu');
});

const side = 7;
type Weights = NonNullable<HandGraph['weights']>;

/** A convolution to 4 channels `c`, the nodes given from `c` to `m`, and a head. */
function between(nodes: HandNode[], weights: Weights = {}, { opset = 17, channels = 4 } = {}): HandGraph {
  return {
    opset,
    input: ['n', 3, side, side],
    nodes: [
      ['Conv', ['x', 'stem.weight', 'stem.bias'], ['c'], { pads: [1, 1, 1, 1] }],
      ...nodes,
      ['GlobalAveragePool', ['m'], ['pooled']],
      ['Flatten', ['pooled'], ['flat']],
      ['Gemm', ['flat', 'fc.weight', 'fc.bias'], ['y'], { transB: 1 }],
    ],
    weights: {
      'stem.weight': randomWeight([4, 3, 3, 3]),
      'stem.bias': randomWeight([4], 2),
      'fc.weight': randomWeight([3, channels], 3),
      'fc.bias': randomWeight([3], 4),
      ...weights,
    },
  };
}

const one = (operator: string, settings: HandNode[3] = {}, inputs: string[] = []): HandNode => [
  operator,
  ['c', ...inputs],
  ['m'],
  settings,
];

const cases: Record<string, HandGraph> = {
  'Conv with auto_pad SAME_UPPER and strides': between(
    [one('Conv', { auto_pad: 'SAME_UPPER', strides: [2, 2] }, ['k'])],
    { k: randomWeight([4, 4, 2, 4]) },
  ),
  'Conv with auto_pad SAME_LOWER': between([one('Conv', { auto_pad: 'SAME_LOWER' }, ['k'])], {
    k: randomWeight([4, 4, 2, 4]),
  }),
  'Conv with auto_pad VALID': between([one('Conv', { auto_pad: 'VALID' }, ['k'])], { k: randomWeight([4, 4, 3, 3]) }),
  'Conv with one-sided pads': between([one('Conv', { pads: [0, 1, 2, 0] }, ['k'])], { k: randomWeight([4, 4, 3, 3]) }),
  'Conv with dilations': between([one('Conv', { dilations: [2, 2], pads: [2, 2, 2, 2] }, ['k'])], {
    k: randomWeight([4, 4, 3, 3]),
  }),
  'Conv in two groups with strides': between([one('Conv', { group: 2, strides: [2, 1] }, ['k', 'b'])], {
    k: randomWeight([4, 2, 3, 3]),
    b: randomWeight([4], 5),
  }),
  'Conv depthwise to twice the channels': between(
    [one('Conv', { group: 4, strides: [2, 2], pads: [1, 1, 1, 1] }, ['k', 'b'])],
    { k: randomWeight([8, 1, 3, 3]), b: randomWeight([8], 5) },
    { channels: 8 },
  ),
  BatchNormalization: between([one('BatchNormalization', { epsilon: { float: 0.01 } }, ['g', 'b', 'mean', 'var'])], {
    g: randomWeight([4], 5),
    b: randomWeight([4], 6),
    mean: randomWeight([4], 7),
    var: floats([4], [0.5, 1, 1.5, 2]),
  }),
  'MaxPool over values below 0, padded on both sides, with strides': between([
    one('MaxPool', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }),
  ]),
  'MaxPool that rounds sides up': between([one('MaxPool', { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 })]),
  'MaxPool behind a ReLU, padded and rounded up': between([
    ['Relu', ['c'], ['r']],
    ['MaxPool', ['r'], ['m'], { kernel_shape: [3, 2], strides: [2, 3], pads: [1, 1, 0, 1], ceil_mode: 1 }],
  ]),
  'AveragePool that leaves the padding out': between([
    one('AveragePool', { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }),
  ]),
  'AveragePool that counts the padding': between([
    one('AveragePool', { kernel_shape: [3, 3], strides: [3, 2], pads: [1, 0, 1, 2], count_include_pad: 1 }),
  ]),
  'AveragePool with auto_pad': between([
    one('AveragePool', { kernel_shape: [2, 3], strides: [2, 2], auto_pad: 'SAME_UPPER' }),
  ]),
  'GlobalMaxPool and a gate per channel': between([
    ['GlobalMaxPool', ['c'], ['g']],
    ['Sigmoid', ['g'], ['s']],
    ['Mul', ['c', 's'], ['m']],
  ]),
  'ReduceMean with axes as an attribute': between(
    [
      ['ReduceMean', ['c'], ['g'], { axes: [2, 3] }],
      ['Sub', ['c', 'g'], ['d']],
      ['Mul', ['d', 'd'], ['m']],
    ],
    {},
    { opset: 13 },
  ),
  'ReduceMax with axes as an input': between(
    [
      ['ReduceMax', ['c', 'axes'], ['g'], { keepdims: 0 }],
      ['Unsqueeze', ['g', 'axes'], ['u']],
      ['Max', ['c', 'u'], ['m']],
    ],
    { axes: integers([-1, -2]) },
    { opset: 18 },
  ),
  'Split, Concat in another order, Identity': between(
    [
      ['Split', ['c'], ['a', 'b'], { axis: 1, num_outputs: 2 }],
      ['Identity', ['b'], ['i']],
      ['Concat', ['i', 'a', 'i'], ['m'], { axis: -3 }],
    ],
    {},
    { opset: 18, channels: 6 },
  ),
  'Split with sizes as an attribute': between(
    [
      ['Split', ['c'], ['a', 'b'], { axis: 1, split: [1, 3] }],
      ['Concat', ['b', 'a'], ['m'], { axis: 1 }],
    ],
    {},
    { opset: 11 },
  ),
  'Gather of channels': between(
    [one('Gather', { axis: 1 }, ['order'])],
    { order: integers([3, 0, -2]) },
    { channels: 3 },
  ),
  'Slice backwards over channels': between(
    [one('Slice', {}, ['starts', 'ends', 'axes', 'steps'])],
    { starts: integers([-1]), ends: integers([-9]), axes: integers([1]), steps: integers([-2]) },
    { channels: 2 },
  ),
  'Slice of rows and columns': between([one('Slice', {}, ['starts', 'ends', 'axes', 'steps'])], {
    starts: integers([1, -6]),
    ends: integers([100, 6]),
    axes: integers([2, 3]),
    steps: integers([2, 3]),
  }),
  'Pad of rows, columns and channels, with axes': between(
    [one('Pad', {}, ['pads', '', 'axes'])],
    { pads: integers([2, 1, 0, 3]), axes: integers([3, 1]) },
    { opset: 18, channels: 8 },
  ),
  'Resize, nearest, of PyTorch': between(
    [
      one('Resize', { coordinate_transformation_mode: 'asymmetric', mode: 'nearest', nearest_mode: 'floor' }, [
        '',
        'scales',
      ]),
    ],
    { scales: floats([4], [1, 1, 2, 3]) },
  ),
  'Resize, nearest, with half pixels': between(
    [one('Resize', { mode: 'nearest', axes: [2, 3] }, ['', '', 'sizes'])],
    { sizes: integers([21, 7]) },
    { opset: 18 },
  ),
  'Resize, bilinear, asymmetric': between(
    [one('Resize', { coordinate_transformation_mode: 'asymmetric', mode: 'linear' }, ['', 'scales'])],
    { scales: floats([4], [1, 1, 3, 2]) },
  ),
  'Add of a constant per channel, into the weights before': between([one('Add', {}, ['b'])], {
    b: randomWeight([4, 1, 1], 5),
  }),
  'Mul of a constant per channel behind a branch': between(
    [
      ['Mul', ['c', 'k'], ['a']],
      ['Sub', ['k', 'a'], ['s']],
      ['Add', ['s', 'c'], ['m']],
    ],
    { k: randomWeight([1, 4, 1, 1], 5) },
  ),
  'Div and Sub of plain numbers behind a branch': between(
    [
      ['Div', ['c', 'two'], ['a']],
      ['Sub', ['two', 'a'], ['s']],
      ['Sum', ['s', 'c', 'c'], ['m']],
    ],
    { two: floats([], [2.5]) },
  ),
  'Min, Mean and Sub of maps': between([
    ['Tanh', ['c'], ['t']],
    ['Min', ['c', 't'], ['l']],
    ['Mean', ['c', 't', 'l'], ['a']],
    ['Sub', ['a', 'l'], ['m']],
  ]),
  'Clip to 0 … 0.3': between([one('Clip', {}, ['low', 'high'])], { low: floats([], [0]), high: floats([], [0.3]) }),
  'PRelu with one slope': between([one('PRelu', {}, ['k'])], { k: floats([1], [0.3]) }),
  'PRelu with a slope per channel': between([one('PRelu', {}, ['k'])], { k: randomWeight([4, 1, 1], 5) }),
  HardSigmoid: between([one('HardSigmoid')]),
  HardSwish: between([one('HardSwish')]),
  Mish: between([one('Mish')], {}, { opset: 18 }),
  Gelu: between([one('Gelu')], {}, { opset: 20 }),
  'Softsign, LeakyRelu, Elu, Selu': between([
    ['Softsign', ['c'], ['a']],
    ['LeakyRelu', ['a'], ['b'], { alpha: { float: 0.3 } }],
    ['Elu', ['b'], ['d']],
    ['Selu', ['d'], ['m']],
  ]),
  'Dropout of opset 21': between([one('Dropout', {}, ['ratio'])], { ratio: floats([], [0.4]) }, { opset: 21 }),
  'channels shuffled': between(
    [
      ['Reshape', ['c', 'five'], ['g']],
      ['Transpose', ['g'], ['t'], { perm: [0, 2, 1, 3, 4] }],
      ['Reshape', ['t', 'four'], ['m']],
    ],
    { five: integers([-1, 2, 2, side, side]), four: integers([0, -1, side, side]) },
  ),
  'shapes that the graph computes': between(
    [
      ['Shape', ['c'], ['s']],
      ['Gather', ['s', 'zero'], ['n']],
      ['Unsqueeze', ['n', 'axis'], ['first']],
      ['Concat', ['first', 'rest'], ['target'], { axis: 0 }],
      ['Reshape', ['c', 'target'], ['flatC']],
      ['MatMul', ['flatC', 'w'], ['dense']],
      ['Add', ['dense', 'b'], ['biased']],
      ['Unsqueeze', ['biased', 'axes'], ['m']],
    ],
    {
      zero: integers([0], []),
      axis: integers([0]),
      rest: integers([-1]),
      axes: integers([2, 3]),
      w: randomWeight([4 * side * side, 4], 5),
      b: randomWeight([4], 6),
    },
  ),
  'flattened maps, joined before a dense layer': {
    ...between([]),
    nodes: [
      ['Conv', ['x', 'stem.weight'], ['c']],
      ['Flatten', ['c'], ['f']],
      ['GlobalMaxPool', ['c'], ['g']],
      ['Squeeze', ['g'], ['q']],
      ['Mul', ['f', 'scale'], ['scaled']],
      ['Concat', ['q', 'scaled'], ['j'], { axis: 1 }],
      ['Gemm', ['j', 'w', 'fc.bias'], ['y'], { alpha: { float: 0.5 }, beta: { float: 2 } }],
    ],
    weights: {
      'stem.weight': randomWeight([4, 3, 3, 3]),
      scale: floats([1], [0.7]),
      w: randomWeight([4 + 4 * 25, 3], 5),
      'fc.bias': randomWeight([1, 3], 6),
    },
    opset: 11,
  },
};

describe('operators of ONNX as layers', () => {
  it.each(Object.keys(cases))('%s: the same logits as ONNX Runtime', async (name) => {
    const file = await writeHandGraph(cases[name]!);
    const images = randomNormal([2, side, side, 3], 0, 1, 'float32', 7) as Tensor4D;
    // A squeeze without axes would take the batch too, were it of one image: there are two.
    const expected = await onnxLogits(file.bytes, images);
    const before = memory().numTensors;
    const model = await readModelFiles([file]);
    const largest = Math.max(...expected.flat().map(Math.abs));
    expect(largestDifference(logitsOf(model, images), expected) / largest).toBeLessThan(1e-5);
    disposeModel(model);
    expect(memory().numTensors).toBe(before);
  });
});

const refused: Record<string, [HandGraph, string]> = {
  'an operator without layers': [between([one('LRN', { size: 3 })]), 'LRN "LRN 1"'],
  'MaxPool with padding that no layer has': [
    between([one('MaxPool', { kernel_shape: [3, 3], pads: [2, 2, 2, 2] })]),
    'pads its maps by 2, 2, 2, 2',
  ],
  'AveragePool that counts padding and rounds up': [
    between([
      one('AveragePool', {
        kernel_shape: [3, 3],
        strides: [2, 2],
        pads: [1, 1, 0, 0],
        ceil_mode: 1,
        count_include_pad: 1,
      }),
    ]),
    'counts padding and rounds',
  ],
  'strides with dilations': [
    between([one('Conv', { strides: [2, 2], dilations: [2, 2] }, ['k'])], { k: randomWeight([4, 4, 2, 2]) }),
    'strides and dilations',
  ],
  'a depthwise convolution with dilations': [
    between([one('Conv', { group: 4, dilations: [2, 2] }, ['k'])], { k: randomWeight([4, 1, 2, 2]) }),
    'depthwise with dilations',
  ],
  'a kernel that does not fit': [
    between([one('Conv', {}, ['k'])], { k: randomWeight([4, 5, 2, 2]) }),
    'does not fit 4 channels',
  ],
  'Clip below 0': [
    between([one('Clip', {}, ['low', 'high'])], { low: floats([], [-1]), high: floats([], [1]) }),
    'cuts off at -1 and 1',
  ],
  'bilinear Resize with half pixels': [
    between([one('Resize', { mode: 'linear' }, ['', 'scales'])], { scales: floats([4], [1, 1, 2, 2]) }),
    'linear, half_pixel',
  ],
  'Resize to a smaller size': [
    between([one('Resize', { mode: 'nearest' }, ['', 'scales'])], { scales: floats([4], [1, 1, 0.5, 0.5]) }),
    'resizes by 0.5 and 0.5',
  ],
  'reflected padding': [
    between([one('Pad', { mode: 'reflect' }, ['pads'])], { pads: integers([0, 0, 1, 1, 0, 0, 1, 1]) }),
    'pads with reflect',
  ],
  'a constant per pixel': [
    between([one('Add', {}, ['k'])], { k: randomWeight([side, side]) }),
    'not one number per channel',
  ],
  'an Elu with another alpha': [between([one('Elu', { alpha: { float: 0.5 } })]), 'alpha is 0.5'],
  'BatchNormalization in training': [
    between([one('BatchNormalization', { training_mode: 1 }, ['g', 'g', 'g', 'g'])], { g: randomWeight([4]) }),
    'in training mode',
  ],
  'a Reshape that mixes images': [
    between([one('Reshape', {}, ['shape'])], { shape: integers([2, -1, side, side]) }),
    'mixes the images of a batch',
  ],
  'a weight that the image decides': [between([one('Conv', {}, ['c'])]), 'depends on the image'],
  'a tensor that nothing gives': [between([one('Add', {}, ['nowhere'])]), '"nowhere", which no node before it gives'],
  'an older version of the operators': [between([one('Relu')], {}, { opset: 9 }), "ONNX' version 9"],
  'a newer version of the operators': [between([one('Relu')], {}, { opset: 25 }), "ONNX' version 25"],
  'two outputs': [{ ...between([one('Relu')]), output: ['y', 'flat'] }, 'its outputs are "y", "flat"'],
  'maps as output': [{ ...between([one('Relu')]), output: ['m'] }, 'its output "m" is [?, 4, 7, 7]'],
  'a constant that would take all memory': [
    between(
      [
        ['ConstantOfShape', ['huge'], ['k']],
        ['Mul', ['c', 'k'], ['m']],
      ],
      { huge: integers([100_000, 100_000]) },
    ),
    'would make [100000, 100000] numbers',
  ],
  'selections that would take all memory': [
    between(
      [
        ['Pad', ['c', 'pads'], ['wide']],
        ['Conv', ['wide', 'k'], ['m'], { group: 2 }],
      ],
      { pads: integers([0, 30_000, 0, 0, 0, 29_996, 0, 0]), k: randomWeight([2, 30_000, 1, 1]) },
      { channels: 2 },
    ),
    'would make [60000, 30000] numbers',
  ],
};

describe('what cannot become layers', () => {
  it.each(Object.keys(refused))('%s is refused by name', async (name) => {
    const [graph, why] = refused[name]!;
    const before = memory().numTensors;
    await expect(readModelFiles([await writeHandGraph(graph)])).rejects.toMatchObject({
      code: 'model-unreadable',
      message: expect.stringContaining(why),
    });
    expect(memory().numTensors).toBe(before);
  });
});
