import { reshape, type Tensor, transpose } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import {
  inputShapeOf,
  layerOption,
  numberOption,
  outputShapeOf,
  pairOption,
  samePadding,
  sidesOption,
} from '../network/layerOptions';
import { layerWeights } from '../network/layerWeights';
import { pyTorchUnsupported } from './pyTorchUnsupported';

/** A layer as PyTorch has it. */
export interface PyTorchLayer {
  /** Modules that it needs, by what is added to the layer's name, with the code that makes them. */
  modules?: Record<string, string>;
  /** Weights by what is added to the layer's name: what to do with the tfjs values to get PyTorch's. */
  weights?: Record<string, { from: string; arrange(value: Tensor): Tensor }>;
  /** The output as a Python expression. @param inputs expressions of the inputs @param call calls a module */
  forward(inputs: string[], call: (suffix: string, input: string) => string): string;
}

type Translation = (layer: layers.Layer) => PyTorchLayer;

const tuple = (values: readonly number[]) => `(${values.join(', ')})`;
const asIs = (value: Tensor) => value;
const hasWeight = (layer: layers.Layer, weight: string) => layerWeights(layer).some(({ name }) => name === weight);
const channelsOut = (layer: layers.Layer) => outputShapeOf(layer).at(-1)!;

/** The input with the padding that the module cannot add itself, and the padding that it can. */
function padded(padding: readonly [number, number, number, number], value?: string) {
  const [top, bottom, left, right] = padding;
  if (top === bottom && left === right && !value)
    return { own: `, padding=${tuple([top, left])}`, wrap: (input: string) => input };
  const isNone = padding.every((side) => side === 0);
  const extra = value ? `, value=${value}` : '';
  return {
    own: '',
    wrap: (input: string) => (isNone ? input : `F.pad(${input}, ${tuple([left, right, top, bottom])}${extra})`),
  };
}

const activations: Record<string, (x: string) => string> = {
  linear: (x) => x,
  relu: (x) => `F.relu(${x})`,
  relu6: (x) => `F.relu6(${x})`,
  elu: (x) => `F.elu(${x})`,
  selu: (x) => `F.selu(${x})`,
  tanh: (x) => `torch.tanh(${x})`,
  sigmoid: (x) => `torch.sigmoid(${x})`,
  softplus: (x) => `F.softplus(${x})`,
  softsign: (x) => `F.softsign(${x})`,
  swish: (x) => `F.silu(${x})`,
  mish: (x) => `F.mish(${x})`,
  gelu: (x) => `F.gelu(${x})`,
  softmax: (x) => `F.softmax(${x}, 1)`,
};

function activate(layer: layers.Layer, expression: string): string {
  const name = layerOption(layer, 'activation') || 'linear';
  const activation = activations[name];
  if (!activation)
    throw pyTorchUnsupported(layer.name, `PyTorch's counterpart of the activation "${name}" is not known`);
  return activation(expression);
}

const bias = { from: 'bias', arrange: asIs };

const conv: Translation = (layer) => {
  const [kernel, strides, dilation] = [
    pairOption(layer, 'kernelSize'),
    pairOption(layer, 'strides'),
    pairOption(layer, 'dilationRate'),
  ];
  const { own, wrap } = padded(samePadding(layer, kernel, strides, dilation));
  const hasBias = hasWeight(layer, 'bias');
  const inputs = inputShapeOf(layer).at(-1)!;
  const settings = `stride=${tuple(strides)}, dilation=${tuple(dilation)}, bias=${hasBias ? 'True' : 'False'}${own}`;
  return {
    modules: { '': `nn.Conv2d(${inputs}, ${channelsOut(layer)}, ${tuple(kernel)}, ${settings})` },
    weights: {
      '.weight': { from: 'kernel', arrange: (value) => transpose(value, [3, 2, 0, 1]) },
      ...(hasBias && { '.bias': bias }),
    },
    forward: ([x], call) => activate(layer, call('', wrap(x!))),
  };
};

const depthwise: Translation = (layer) => {
  const [kernel, strides, dilation] = [
    pairOption(layer, 'kernelSize'),
    pairOption(layer, 'strides'),
    pairOption(layer, 'dilationRate'),
  ];
  const { own, wrap } = padded(samePadding(layer, kernel, strides, dilation));
  const inputs = inputShapeOf(layer).at(-1)!;
  const hasBias = hasWeight(layer, 'bias');
  const settings = `stride=${tuple(strides)}, dilation=${tuple(dilation)}, groups=${inputs}, bias=${hasBias ? 'True' : 'False'}${own}`;
  return {
    modules: { '': `nn.Conv2d(${inputs}, ${channelsOut(layer)}, ${tuple(kernel)}, ${settings})` },
    weights: { '.weight': { from: 'depthwise_kernel', arrange: perInput }, ...(hasBias && { '.bias': bias }) },
    forward: ([x], call) => activate(layer, call('', wrap(x!))),
  };
};

/** [height, width, inputs, times] to [inputs · times, 1, height, width]. */
function perInput(value: Tensor): Tensor {
  const [height, width, inputs, times] = value.shape as [number, number, number, number];
  return reshape(transpose(value, [2, 3, 0, 1]), [inputs * times, 1, height, width]);
}

const separable: Translation = (layer) => {
  const [kernel, strides, dilation] = [
    pairOption(layer, 'kernelSize'),
    pairOption(layer, 'strides'),
    pairOption(layer, 'dilationRate'),
  ];
  const { own, wrap } = padded(samePadding(layer, kernel, strides, dilation));
  const inputs = inputShapeOf(layer).at(-1)!;
  const [, , , times = 1] = layerWeights(layer).find(({ name }) => name === 'depthwise_kernel')!.shape;
  const hasBias = hasWeight(layer, 'bias');
  const settings = `stride=${tuple(strides)}, dilation=${tuple(dilation)}, groups=${inputs}, bias=False${own}`;
  return {
    modules: {
      '.depthwise': `nn.Conv2d(${inputs}, ${inputs * times}, ${tuple(kernel)}, ${settings})`,
      '.pointwise': `nn.Conv2d(${inputs * times}, ${channelsOut(layer)}, 1, bias=${hasBias ? 'True' : 'False'})`,
    },
    weights: {
      '.depthwise.weight': { from: 'depthwise_kernel', arrange: perInput },
      '.pointwise.weight': { from: 'pointwise_kernel', arrange: (value) => transpose(value, [3, 2, 0, 1]) },
      ...(hasBias && { '.pointwise.bias': bias }),
    },
    forward: ([x], call) => activate(layer, call('.pointwise', call('.depthwise', wrap(x!)))),
  };
};

const transposed: Translation = (layer) => {
  const [kernel, strides] = [pairOption(layer, 'kernelSize'), pairOption(layer, 'strides')];
  const inputs = inputShapeOf(layer).at(-1)!;
  const hasBias = hasWeight(layer, 'bias');
  const [, height = 0, width = 0] = outputShapeOf(layer);
  const cut = ([0, 1] as const).map((axis) =>
    layerOption(layer, 'padding') === 'same' ? Math.max(0, Math.floor((kernel[axis] - strides[axis]) / 2)) : 0,
  );
  const slice = `[:, :, ${cut[0]}:${cut[0]! + height}, ${cut[1]}:${cut[1]! + width}]`;
  return {
    modules: {
      '': `nn.ConvTranspose2d(${inputs}, ${channelsOut(layer)}, ${tuple(kernel)}, stride=${tuple(strides)}, bias=${hasBias ? 'True' : 'False'})`,
    },
    weights: {
      '.weight': { from: 'kernel', arrange: (value) => transpose(value, [3, 2, 0, 1]) },
      ...(hasBias && { '.bias': bias }),
    },
    forward: ([x], call) => activate(layer, `${call('', x!)}${slice}`),
  };
};

const dense: Translation = (layer) => {
  if (outputShapeOf(layer).length !== 2) throw pyTorchUnsupported(layer.name, 'it is a dense layer on maps');
  const hasBias = hasWeight(layer, 'bias');
  return {
    modules: {
      '': `nn.Linear(${inputShapeOf(layer).at(-1)}, ${channelsOut(layer)}, bias=${hasBias ? 'True' : 'False'})`,
    },
    weights: {
      '.weight': { from: 'kernel', arrange: (value) => transpose(value) },
      ...(hasBias && { '.bias': bias }),
    },
    forward: ([x], call) => activate(layer, call('', x!)),
  };
};

const batchNorm: Translation = (layer) => {
  const rank = outputShapeOf(layer).length;
  if (rank !== 4 && rank !== 2) throw pyTorchUnsupported(layer.name, `it normalises a tensor of ${rank} axes`);
  const scales = hasWeight(layer, 'gamma') || hasWeight(layer, 'beta');
  if (scales && !(hasWeight(layer, 'gamma') && hasWeight(layer, 'beta'))) {
    throw pyTorchUnsupported(layer.name, 'it has only one of scale and offset');
  }
  const momentum = 1 - numberOption(layer, 'momentum');
  const settings = `eps=${numberOption(layer, 'epsilon')}, momentum=${Number(momentum.toPrecision(6))}, affine=${scales ? 'True' : 'False'}`;
  return {
    modules: { '': `nn.BatchNorm${rank === 4 ? '2d' : '1d'}(${channelsOut(layer)}, ${settings})` },
    weights: {
      ...(scales && { '.weight': { from: 'gamma', arrange: asIs }, '.bias': { from: 'beta', arrange: asIs } }),
      '.running_mean': { from: 'moving_mean', arrange: asIs },
      '.running_var': { from: 'moving_variance', arrange: asIs },
    },
    forward: ([x], call) => call('', x!),
  };
};

const prelu: Translation = (layer) => {
  const { shape } = layerWeights(layer)[0]!;
  if (shape.slice(0, -1).some((side) => side !== 1)) {
    throw pyTorchUnsupported(layer.name, 'its slopes differ from place to place, where PyTorch has one per channel');
  }
  return {
    modules: { '': `nn.PReLU(${shape.at(-1)})` },
    weights: { '.weight': { from: layerWeights(layer)[0]!.name, arrange: (value) => reshape(value, [-1]) } },
    forward: ([x], call) => call('', x!),
  };
};

const pool =
  (kind: 'Max' | 'Avg'): Translation =>
  (layer) => {
    const [size, strides] = [pairOption(layer, 'poolSize'), pairOption(layer, 'strides')];
    const padding = samePadding(layer, size, strides, [1, 1]);
    const [top, bottom, left, right] = padding;
    if (kind === 'Max') {
      const { wrap } = padded(padding, '-math.inf');
      return { forward: ([x]) => `F.max_pool2d(${wrap(x!)}, ${tuple(size)}, stride=${tuple(strides)})` };
    }
    if (top !== bottom || left !== right) throw pyTorchUnsupported(layer.name, 'it averages over one-sided padding');
    return {
      forward: ([x]) =>
        `F.avg_pool2d(${x}, ${tuple(size)}, stride=${tuple(strides)}, padding=${tuple([top, left])}, count_include_pad=False)`,
    };
  };

/** By one number, or by one per channel: of maps PyTorch has the channels second. */
const rescaling: Translation = (layer) => {
  const isMap = outputShapeOf(layer).length === 4;
  const term = (option: string, x: string) => {
    const value: unknown = JSON.parse(layerOption(layer, option) || '0');
    if (!Array.isArray(value)) return String(value);
    return `torch.tensor([${value.join(', ')}], device=${x}.device)${isMap ? '.view(1, -1, 1, 1)' : ''}`;
  };
  return { forward: ([x]) => `${x} * ${term('scale', x!)} + ${term('offset', x!)}` };
};

const expression =
  (write: (...inputs: string[]) => string): Translation =>
  () => ({ forward: (inputs) => write(...inputs) });
const infix =
  (operator: string): Translation =>
  () => ({ forward: (inputs) => inputs.join(` ${operator} `) });

/** What each kind of layer is in PyTorch. A kind that is not listed is refused by name. */
const translations: Record<string, Translation> = {
  Conv2D: conv,
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
  Conv2DTranspose: transposed,
  Dense: dense,
  BatchNormalization: batchNorm,
  PReLU: prelu,
  Rescaling: rescaling,
  Activation: (layer) => ({ forward: ([x]) => activate(layer, x!) }),
  ReLU: (layer) => ({
    forward: ([x]) =>
      layerOption(layer, 'maxValue') ? `torch.clamp(${x}, 0, ${numberOption(layer, 'maxValue')})` : `F.relu(${x})`,
  }),
  LeakyReLU: (layer) => ({ forward: ([x]) => `F.leaky_relu(${x}, ${numberOption(layer, 'alpha')})` }),
  ELU: (layer) => ({ forward: ([x]) => `F.elu(${x}, ${numberOption(layer, 'alpha')})` }),
  Dropout: (layer) => ({
    modules: { '': `nn.Dropout(${numberOption(layer, 'rate')})` },
    forward: ([x], call) => call('', x!),
  }),
  MaxPooling2D: pool('Max'),
  AveragePooling2D: pool('Avg'),
  GlobalAveragePooling2D: expression((x) => `${x}.mean((2, 3))`),
  GlobalMaxPooling2D: expression((x) => `${x}.amax((2, 3))`),
  ZeroPadding2D: (layer) => {
    const [top, bottom, left, right] = sidesOption(layer, 'padding');
    return { forward: ([x]) => `F.pad(${x}, ${tuple([left, right, top, bottom])})` };
  },
  Cropping2D: (layer) => {
    const [top, , left] = sidesOption(layer, 'cropping');
    const [, height = 0, width = 0] = outputShapeOf(layer);
    return { forward: ([x]) => `${x}[:, :, ${top}:${top + height}, ${left}:${left + width}]` };
  },
  UpSampling2D: (layer) => {
    if ((layerOption(layer, 'interpolation') || 'nearest') !== 'nearest') {
      throw pyTorchUnsupported(layer.name, 'it interpolates, where only repeated pixels are the same in both');
    }
    return { forward: ([x]) => `F.interpolate(${x}, scale_factor=${tuple(pairOption(layer, 'size'))})` };
  },
  Flatten: (layer) => ({
    // tfjs lays maps out as rows of channels; where a dense layer follows, its weights are reordered instead.
    forward: ([x]) => (inputShapeOf(layer).length === 4 ? `${x}.permute(0, 2, 3, 1).flatten(1)` : `${x}.flatten(1)`),
  }),
  Reshape: (layer) => {
    const [before, after] = [inputShapeOf(layer), outputShapeOf(layer)];
    const channelsLast = before.length === 4 ? '.permute(0, 2, 3, 1)' : '';
    const back = after.length === 4 ? '.permute(0, 3, 1, 2)' : '';
    return { forward: ([x]) => `${x}${channelsLast}.reshape(-1, ${after.slice(1).join(', ')})${back}` };
  },
  Add: infix('+'),
  Subtract: infix('-'),
  Multiply: infix('*'),
  Average: () => ({ forward: (inputs) => `(${inputs.join(' + ')}) / ${inputs.length}` }),
  Maximum: () => ({ forward: (inputs) => inputs.reduce((a, b) => `torch.maximum(${a}, ${b})`) }),
  Minimum: () => ({ forward: (inputs) => inputs.reduce((a, b) => `torch.minimum(${a}, ${b})`) }),
  Concatenate: () => ({ forward: (inputs) => `torch.cat([${inputs.join(', ')}], 1)` }),
  GroupBatchNormalization: (layer) => {
    throw pyTorchUnsupported(
      layer.name,
      'it normalises by the group of the image, and the module is given images alone',
    );
  },
};

/** A layer as PyTorch has it. @throws LabError `export-unsupported` */
export function pyTorchLayer(layer: layers.Layer): PyTorchLayer {
  const translate = translations[layer.getClassName()];
  if (!translate) throw pyTorchUnsupported(layer.name, `what a ${layer.getClassName()} is in PyTorch is not known`);
  return translate(layer);
}
