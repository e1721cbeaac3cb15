import { readActivation, withActivation } from './activations';
import type { LayerRule, LayerSpec } from './layerRule';
import type { LayerSettings, Pair, Sides } from './layerSettings';

const noDilation: Pair = [1, 1];

/** What all convolutions on maps have in common. */
function readConvolution(settings: LayerSettings) {
  settings.channelsLast();
  const groups = settings.number('groups', 1);
  if (groups !== 1) throw settings.refused('groups', `${groups} groups, which TensorFlow.js layers cannot do`);
  settings.trainingOnly('activity_regularizer', 'bias_initializer', 'bias_regularizer', 'bias_constraint');
  return {
    kernel_size: settings.pair('kernel_size'),
    strides: settings.pair('strides', [1, 1]),
    padding: settings.word('padding', ['valid', 'same']),
    data_format: 'channels_last',
    use_bias: settings.flag('use_bias', true),
  };
}

/** TensorFlow computes no convolution with both; a file that asks for it was written by hand. */
function readDilation(settings: LayerSettings, strides: Pair): Pair {
  const dilation = settings.pair('dilation_rate', noDilation);
  if (isDilated(dilation) && strides.some((stride) => stride > 1)) {
    throw settings.refused('dilation_rate', 'strides and dilation at once');
  }
  return dilation;
}

const isDilated = (dilation: Pair) => dilation.some((rate) => rate > 1);
const kernelOnly = ['kernel_initializer', 'kernel_regularizer', 'kernel_constraint'];
const depthwiseOnly = ['depthwise_initializer', 'depthwise_regularizer', 'depthwise_constraint'];
const pointwiseOnly = ['pointwise_initializer', 'pointwise_regularizer', 'pointwise_constraint'];

export const conv2d: LayerRule = (settings, context) => {
  const common = readConvolution(settings);
  settings.trainingOnly(...kernelOnly);
  const own = { filters: settings.count('filters'), dilation_rate: readDilation(settings, common.strides) };
  return withActivation('Conv2D', { ...common, ...own }, readActivation(settings, context));
};

export const separableConv2d: LayerRule = (settings, context) => {
  const common = readConvolution(settings);
  settings.trainingOnly(...depthwiseOnly, ...pointwiseOnly, ...kernelOnly);
  const own = {
    filters: settings.count('filters'),
    depth_multiplier: settings.value('depth_multiplier') === undefined ? 1 : settings.count('depth_multiplier'),
    dilation_rate: readDilation(settings, common.strides),
  };
  return withActivation('SeparableConv2D', { ...common, ...own }, readActivation(settings, context));
};

/** tfjs passes over the dilation of depthwise convolutions. */
export const depthwiseConv2d: LayerRule = (settings, context) => {
  const common = readConvolution(settings);
  settings.trainingOnly(...depthwiseOnly, ...kernelOnly);
  settings.only('filters');
  if (isDilated(readDilation(settings, common.strides))) throw settings.refused('dilation_rate');
  const multiplier = settings.value('depth_multiplier') === undefined ? 1 : settings.count('depth_multiplier');
  return withActivation(
    'DepthwiseConv2D',
    { ...common, depth_multiplier: multiplier },
    readActivation(settings, context),
  );
};

/** tfjs passes over dilation and output padding; the latter is a wider convolution, cropped. */
export const conv2dTranspose: LayerRule = (settings, context) => {
  const common = readConvolution(settings);
  settings.trainingOnly(...kernelOnly);
  if (isDilated(settings.pair('dilation_rate', noDilation))) throw settings.refused('dilation_rate');
  const filters = settings.count('filters');
  const cropping = settings.value('output_padding') === undefined ? null : croppingFor(settings, common);
  const padding = cropping ? 'valid' : common.padding;
  const [first, ...after] = withActivation(
    'Conv2DTranspose',
    { ...common, padding, filters },
    readActivation(settings, context),
  );
  if (!cropping) return [first!, ...after];
  context.note('its output_padding is a cropping of the whole output here');
  const crop: LayerSpec = { kind: 'Cropping2D', settings: { cropping, data_format: 'channels_last' }, suffix: 'crop' };
  return [first!, crop, ...after];
};

/**
 * What has to go from the whole output, (inputs - 1) · stride + max(kernel, stride) long, to leave what TensorFlow gives:
 * with `same`, (inputs - 1) · stride + kernel mod 2 + p, where half of the rest (rounded down) goes in front; with `valid`,
 * (inputs - 1) · stride + kernel + p.
 *
 * @source keras/src/backend/common/backend_utils.py, tf.nn.conv2d_transpose
 */
function croppingFor(
  settings: LayerSettings,
  { kernel_size: kernel, strides, padding }: { kernel_size: Pair; strides: Pair; padding: string },
): Sides {
  const [[height], [width]] = settings.sides('output_padding', 0);
  return [height, width].map((extra, axis): Pair => {
    const [size, stride] = [kernel[axis]!, strides[axis]!];
    const due = (padding === 'same' ? size % 2 : size) + extra;
    const before = padding === 'same' ? Math.max(0, Math.floor((size - due) / 2)) : 0;
    const after = Math.max(size, stride) - due - before;
    // TensorFlow itself takes only lengths that a convolution would bring back to that of the input.
    const fits = padding === 'same' ? due >= 1 && due <= stride : extra < stride;
    if (after < 0 || !fits) throw settings.refused('output_padding');
    return [before, after];
  }) as Sides;
}

export const dense: LayerRule = (settings, context) => {
  settings.trainingOnly(
    ...kernelOnly,
    'activity_regularizer',
    'bias_initializer',
    'bias_regularizer',
    'bias_constraint',
  );
  const own = { units: settings.count('units'), use_bias: settings.flag('use_bias', true) };
  return withActivation('Dense', own, readActivation(settings, context));
};
