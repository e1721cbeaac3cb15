import { reshape, type Tensor, transpose } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import {
  inputShapeOf,
  inputShapesOf,
  layerOption,
  numberOption,
  outputShapeOf,
  pairOption,
  samePadding,
  sidesOption,
} from '../network/layerOptions';
import { layerWeights } from '../network/layerWeights';
import type { LayerWriter } from './layerWriter';
import { onnxActivation } from './onnxActivations';
import { onnxUnsupported } from './onnxUnsupported';

/** Writes the nodes of a layer; gives the name of the tensor that is its output. */
type Translation = (layer: layers.Layer, write: LayerWriter) => string;

const asIs = (value: Tensor) => value;
const hasWeight = (layer: layers.Layer, weight: string) => layerWeights(layer).some(({ name }) => name === weight);
const rankOf = (layer: layers.Layer) => outputShapeOf(layer).length;

/** ONNX' order of the axes of maps, and back. */
const channelsFirst = [0, 3, 1, 2];
const channelsLast = [0, 2, 3, 1];

/** ONNX' pads: top, left, bottom, right. */
function padsOf([top, bottom, left, right]: readonly [number, number, number, number]): number[] {
  return [top, left, bottom, right];
}

function windowOf(layer: layers.Layer) {
  const [kernel, strides, dilations] = [
    pairOption(layer, 'kernelSize'),
    pairOption(layer, 'strides'),
    pairOption(layer, 'dilationRate'),
  ];
  const pads = padsOf(samePadding(layer, kernel, strides, dilations));
  return { kernel_shape: kernel, strides, dilations, pads };
}

const biasOf = (layer: layers.Layer, write: LayerWriter) =>
  hasWeight(layer, 'bias') ? [write.weight('bias', 'bias', asIs)] : [];

function activate(layer: layers.Layer, write: LayerWriter, input: string): string {
  const name = layerOption(layer, 'activation') || 'linear';
  return name === 'linear' ? input : onnxActivation(layer, name, input, write);
}

const conv: Translation = (layer, write) => {
  const kernel = write.weight('weight', 'kernel', (value) => transpose(value, [3, 2, 0, 1]));
  const inputs = [write.inputs[0]!, kernel, ...biasOf(layer, write)];
  return activate(layer, write, write.node('Conv', inputs, { ...windowOf(layer), group: 1 }));
};

/** [height, width, inputs, times] to [inputs · times, 1, height, width]. */
function perInput(value: Tensor): Tensor {
  const [height, width, inputs, times] = value.shape as [number, number, number, number];
  return reshape(transpose(value, [2, 3, 0, 1]), [inputs * times, 1, height, width]);
}

const depthwise: Translation = (layer, write) => {
  const kernel = write.weight('weight', 'depthwise_kernel', perInput);
  const settings = { ...windowOf(layer), group: inputShapeOf(layer).at(-1)! };
  return activate(layer, write, write.node('Conv', [write.inputs[0]!, kernel, ...biasOf(layer, write)], settings));
};

const separable: Translation = (layer, write) => {
  const first = write.weight('depthwise.weight', 'depthwise_kernel', perInput);
  const second = write.weight('weight', 'pointwise_kernel', (value) => transpose(value, [3, 2, 0, 1]));
  const settings = { ...windowOf(layer), group: inputShapeOf(layer).at(-1)! };
  const spread = write.node('Conv', [write.inputs[0]!, first], settings, 'depthwise');
  const mixed = write.node('Conv', [spread, second, ...biasOf(layer, write)], { kernel_shape: [1, 1] });
  return activate(layer, write, mixed);
};

const transposed: Translation = (layer, write) => {
  const [kernel, strides] = [pairOption(layer, 'kernelSize'), pairOption(layer, 'strides')];
  const sides = [1, 2].map((axis) => {
    const natural = (inputShapeOf(layer)[axis]! - 1) * strides[axis - 1]! + kernel[axis - 1]!;
    const cut = natural - outputShapeOf(layer)[axis]!;
    const before = Math.max(0, Math.floor(cut / 2));
    return { before, after: Math.max(0, cut) - before, extra: Math.max(0, -cut) };
  });
  const [vertical, horizontal] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const weight = write.weight('weight', 'kernel', (value) => transpose(value, [3, 2, 0, 1]));
  const settings = {
    kernel_shape: kernel,
    strides,
    pads: [vertical.before, horizontal.before, vertical.after, horizontal.after],
    output_padding: [vertical.extra, horizontal.extra],
  };
  const spread = write.node('ConvTranspose', [write.inputs[0]!, weight, ...biasOf(layer, write)], settings);
  return activate(layer, write, spread);
};

/** On maps a dense layer is a 1×1 convolution. */
const dense: Translation = (layer, write) => {
  const rank = rankOf(layer);
  if (rank !== 2 && rank !== 4) throw onnxUnsupported(layer.name, `it is a dense layer on a tensor of ${rank} axes`);
  const kernel = write.weight('weight', 'kernel', (value) => {
    const turned = transpose(write.rows(value));
    return rank === 4 ? reshape(turned, [...turned.shape, 1, 1]) : turned;
  });
  const inputs = [write.inputs[0]!, kernel, ...biasOf(layer, write)];
  const made =
    rank === 4 ? write.node('Conv', inputs, { kernel_shape: [1, 1] }) : write.node('Gemm', inputs, { transB: 1 });
  return activate(layer, write, made);
};

const batchNorm: Translation = (layer, write) => {
  const rank = rankOf(layer);
  const axis = Number(layerOption(layer, 'axis').replaceAll(/[[\]]/g, ''));
  if ((rank !== 4 && rank !== 2) || (axis !== -1 && axis !== rank - 1)) {
    throw onnxUnsupported(layer.name, `it normalises axis ${axis} of a tensor of ${rank} axes`);
  }
  const count = outputShapeOf(layer).at(-1)!;
  const all = (value: number) => ({ dims: [count], values: new Float32Array(count).fill(value) });
  const weights = [
    hasWeight(layer, 'gamma') ? write.weight('weight', 'gamma', asIs) : write.constant('weight', all(1)),
    hasWeight(layer, 'beta') ? write.weight('bias', 'beta', asIs) : write.constant('bias', all(0)),
    write.weight('running_mean', 'moving_mean', asIs),
    write.weight('running_var', 'moving_variance', asIs),
  ];
  const settings = {
    epsilon: { float: numberOption(layer, 'epsilon') },
    momentum: { float: numberOption(layer, 'momentum') },
  };
  return write.node('BatchNormalization', [write.inputs[0]!, ...weights], settings);
};

/** Slopes [height, width, channels] or [channels]. */
const prelu: Translation = (layer, write) => {
  const slopes = write.weight('weight', layerWeights(layer)[0]!.name, (value) =>
    value.rank === 3 && rankOf(layer) === 4 ? transpose(value, [2, 0, 1]) : value,
  );
  return write.node('PRelu', [write.inputs[0]!, slopes]);
};

const pool =
  (operator: 'MaxPool' | 'AveragePool'): Translation =>
  (layer, write) => {
    const [kernel, strides] = [pairOption(layer, 'poolSize'), pairOption(layer, 'strides')];
    const pads = padsOf(samePadding(layer, kernel, strides, [1, 1]));
    return write.node(operator, [write.inputs[0]!], { kernel_shape: kernel, strides, pads });
  };

const poolAll =
  (operator: 'GlobalMaxPool' | 'GlobalAveragePool'): Translation =>
  (_layer, write) =>
    write.node('Flatten', [write.node(operator, write.inputs)], { axis: 1 }, 'flat');

const padding: Translation = (layer, write) => {
  const [top, bottom, left, right] = sidesOption(layer, 'padding');
  const pads = write.integers('pads', [0, 0, top, left, 0, 0, bottom, right]);
  return write.node('Pad', [write.inputs[0]!, pads]);
};

const cropping: Translation = (layer, write) => {
  const [top, , left] = sidesOption(layer, 'cropping');
  const [, height = 0, width = 0] = outputShapeOf(layer);
  const [starts, ends] = [write.integers('starts', [top, left]), write.integers('ends', [top + height, left + width])];
  return write.node('Slice', [write.inputs[0]!, starts, ends, write.integers('axes', [2, 3])]);
};

const upSampling: Translation = (layer, write) => {
  const mode = layerOption(layer, 'interpolation') === 'bilinear' ? 'linear' : 'nearest';
  const scales = Float32Array.of(1, 1, ...pairOption(layer, 'size'));
  return write.node('Resize', [write.inputs[0]!, '', write.constant('scales', { dims: [4], values: scales })], {
    mode,
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  });
};

/** tfjs lays maps out with the channels last; where only dense layers read them, their rows are reordered instead. */
const flatten: Translation = (layer, write) => {
  const isTurned = inputShapeOf(layer).length === 4 && !write.isReordered;
  const input = isTurned ? write.node('Transpose', write.inputs, { perm: channelsLast }, 'last') : write.inputs[0]!;
  return write.node('Flatten', [input], { axis: 1 });
};

const reshaping: Translation = (layer, write) => {
  const [before, after] = [inputShapeOf(layer), outputShapeOf(layer)];
  // Maps of one pixel are the same in both orders.
  const isTurned = (shape: number[]) => shape.length === 4 && shape[1]! * shape[2]! > 1;
  const [input] = write.inputs;
  const last = isTurned(before) ? write.node('Transpose', [input!], { perm: channelsLast }, 'last') : input!;
  const isPixel = after.length === 4 && !isTurned(after);
  const shape = isPixel ? [-1, after[3]!, 1, 1] : [-1, ...after.slice(1)];
  const shaped = write.node('Reshape', [last, write.integers('shape', shape)]);
  return isTurned(after) ? write.node('Transpose', [shaped], { perm: channelsFirst }, 'first') : shaped;
};

const concatenation: Translation = (layer, write) => {
  const rank = rankOf(layer);
  const given = Number(layerOption(layer, 'axis') || -1);
  const axis = given < 0 ? given + rank : given;
  return write.node('Concat', write.inputs, { axis: rank === 4 ? channelsFirst.indexOf(axis) : axis });
};

const join =
  (operator: string): Translation =>
  (layer, write) => {
    if (inputShapesOf(layer).some((shape) => shape.length !== rankOf(layer))) {
      throw onnxUnsupported(layer.name, 'it joins tensors of different numbers of axes');
    }
    return write.node(operator, write.inputs);
  };

/** Multiply takes any number of inputs in tfjs, two in ONNX. */
const product: Translation = (_layer, write) =>
  write.inputs.slice(1).reduce((left, right, index) => {
    const isLast = index === write.inputs.length - 2;
    return write.node('Mul', [left, right], {}, isLast ? undefined : `part${index}`);
  }, write.inputs[0]!);

/** By one number, or by one per channel. */
const rescaling: Translation = (layer, write) => {
  const term = (option: string) => {
    const value: unknown = JSON.parse(layerOption(layer, option) || '0');
    if (!Array.isArray(value)) return write.number(option, Number(value));
    const dims = rankOf(layer) === 4 ? [value.length, 1, 1] : [value.length];
    return write.constant(option, { dims, values: Float32Array.from(value, Number) });
  };
  const scaled = write.node('Mul', [write.inputs[0]!, term('scale')], {}, 'scaled');
  return write.node('Add', [scaled, term('offset')]);
};

const nothing: Translation = (_layer, write) => write.node('Identity', write.inputs);

/** What each kind of layer is in ONNX. A kind that is not listed is refused by name. */
const translations: Record<string, Translation> = {
  Conv2D: conv,
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
  Conv2DTranspose: transposed,
  Dense: dense,
  BatchNormalization: batchNorm,
  PReLU: prelu,
  Activation: (layer, write) =>
    onnxActivation(layer, layerOption(layer, 'activation') || 'linear', write.inputs[0]!, write),
  Softmax: (layer, write) => onnxActivation(layer, 'softmax', write.inputs[0]!, write),
  ReLU: (layer, write) => {
    if (!layerOption(layer, 'maxValue')) return write.node('Relu', write.inputs);
    return write.node('Clip', [
      write.inputs[0]!,
      write.number('least', 0),
      write.number('most', numberOption(layer, 'maxValue')),
    ]);
  },
  LeakyReLU: (layer, write) =>
    write.node('LeakyRelu', write.inputs, { alpha: { float: numberOption(layer, 'alpha') } }),
  ELU: (_layer, write) => write.node('Elu', write.inputs),
  ThresholdedReLU: (layer, write) =>
    write.node('ThresholdedRelu', write.inputs, { alpha: { float: numberOption(layer, 'theta') } }),
  Rescaling: rescaling,
  Dropout: (layer, write) =>
    write.node('Dropout', [write.inputs[0]!, write.number('rate', numberOption(layer, 'rate'))]),
  SpatialDropout2D: nothing,
  AlphaDropout: nothing,
  GaussianDropout: nothing,
  GaussianNoise: nothing,
  MaxPooling2D: pool('MaxPool'),
  AveragePooling2D: pool('AveragePool'),
  GlobalMaxPooling2D: poolAll('GlobalMaxPool'),
  GlobalAveragePooling2D: poolAll('GlobalAveragePool'),
  ZeroPadding2D: padding,
  Cropping2D: cropping,
  UpSampling2D: upSampling,
  Flatten: flatten,
  Reshape: reshaping,
  Add: join('Sum'),
  Subtract: join('Sub'),
  Average: join('Mean'),
  Maximum: join('Max'),
  Minimum: join('Min'),
  Multiply: product,
  Concatenate: concatenation,
  GroupBatchNormalization: (layer) => {
    throw onnxUnsupported(layer.name, 'it normalises by the group of the image, and ONNX is given images alone');
  },
};

/** Writes a layer as nodes; gives the name of its output. @throws LabError `export-unsupported` */
export function writeOnnxLayer(layer: layers.Layer, write: LayerWriter): string {
  const kind = layer.getClassName();
  const translate = translations[kind];
  if (!translate) throw onnxUnsupported(layer.name, `what a ${kind} is in ONNX is not known`);
  if (layerOption(layer, 'dataFormat') === 'channelsFirst') {
    throw onnxUnsupported(layer.name, 'it keeps its channels first, where the lab expects them last');
  }
  return translate(layer, write);
}
