import type { NumberArray } from '../keras/numberArray';
import { selectionSuffix } from '../network/selection';
import type { Constant } from './onnxGraph';
import type { Maps } from './onnxValue';
import { selectChannels } from './selectChannels';
import { addZeros, isSame, isUnpadded, readWindow, type SlidingWindow } from './slidingWindow';
import type { NodeContext } from './translation';
import { transposeValues } from './transposeValues';
import { weightName } from './weightName';

/** Conv: a Conv2D, a DepthwiseConv2D, or for other groups one Conv2D for each, which selections feed. */
export function conv(context: NodeContext): Maps {
  const maps = context.maps(0);
  const kernel = context.constant(1);
  const bias = context.optional(2);
  const groups = context.number('group', 1);
  const [filters = 0, inputs = 0, ...sides] = kernel.dims;
  if (sides.length !== 2 || inputs * groups !== maps.channels || filters % groups !== 0) {
    throw context.refusal(
      `its kernel [${kernel.dims.join(', ')}] in ${groups} groups does not fit ${maps.channels} channels`,
    );
  }
  if (bias && bias.values.length !== filters) {
    throw context.refusal(`it has ${bias.values.length} biases for ${filters} channels`);
  }
  const window = readWindow(context, maps, sides);
  if (Math.max(...window.strides) > 1 && Math.max(...window.dilations) > 1) {
    throw context.refusal('it has strides and dilations, which TensorFlow.js cannot do together');
  }
  const name = weightName(context, 1);
  const padded = padForConvolution(context, maps, window, name);
  const convolution: Convolution = { context, window, ...padded, kernel, bias, name };
  if (groups === 1) return addConv(convolution);
  return inputs === 1 && groups === maps.channels ? addDepthwise(convolution) : addGroups(convolution, groups);
}

interface Convolution {
  context: NodeContext;
  window: SlidingWindow;
  /** What goes in, with the zeros round it that `padding` does not add. */
  maps: Maps;
  padding: 'same' | 'valid';
  kernel: Constant;
  bias: Constant | null;
  name: string;
  part?: string;
}

/** `same` only without strides: with strides it pads otherwise than ONNX' writers do. */
function padForConvolution(context: NodeContext, maps: Maps, window: SlidingWindow, name: string) {
  if (isUnpadded(window)) return { maps, padding: 'valid' as const };
  if (window.strides.every((stride) => stride === 1) && isSame(maps, window, [1, 1])) {
    return { maps, padding: 'same' as const };
  }
  return { maps: addZeros(context, maps, window.pads, name), padding: 'valid' as const };
}

function settings({ window: { kernel, strides, dilations }, padding, bias }: Convolution) {
  return { kernel_size: kernel, strides, dilation_rate: dilations, padding, use_bias: bias !== null };
}

function biasOf({ bias }: Convolution): Record<string, NumberArray> {
  return bias ? { bias: { shape: [bias.values.length], values: bias.values.slice() } } : {};
}

/** [filters, inputs, height, width] becomes [height, width, inputs, filters]. */
function addConv(convolution: Convolution): Maps {
  const { context, window, maps, kernel, name, part } = convolution;
  const [filters = 0, inputs = 0, height = 0, width = 0] = kernel.dims;
  const layer = context.plan.add(context.node, {
    kind: 'Conv2D',
    config: { ...settings(convolution), filters, ...(isWrittenSelection(convolution) && { trainable: false }) },
    inputs: [maps.layer],
    weights: {
      kernel: {
        shape: [height, width, inputs, filters],
        values: transposeValues(kernel.values, kernel.dims, [2, 3, 1, 0]),
      },
      ...biasOf(convolution),
    },
    name,
    part,
  });
  return outputOf(maps, window, layer, filters);
}

/** True for a selection of surgery that the lab has written: named so, and every channel is one of those that enter, or none. */
function isWrittenSelection({ kernel, bias, name }: Convolution): boolean {
  const { values, dims } = kernel;
  const inputs = dims[1]!;
  const takesOne = (channel: number) => sum(values.subarray(channel * inputs, (channel + 1) * inputs)) <= 1;
  const isPlain = values.length === dims[0]! * inputs && values.every((value) => value === 0 || value === 1);
  return (
    name.endsWith(selectionSuffix) && !bias && isPlain && Array.from({ length: dims[0]! }, (_, i) => i).every(takesOne)
  );
}

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** [inputs · times, 1, height, width] becomes [height, width, inputs, times]. */
function addDepthwise(convolution: Convolution): Maps {
  const { context, window, maps, kernel, name } = convolution;
  const [filters = 0, , height = 0, width = 0] = kernel.dims;
  if (Math.max(...window.dilations) > 1) {
    throw context.refusal('it is depthwise with dilations, which layers of TensorFlow.js cannot do');
  }
  const times = filters / maps.channels;
  const layer = context.plan.add(context.node, {
    kind: 'DepthwiseConv2D',
    config: { ...settings(convolution), depth_multiplier: times },
    inputs: [maps.layer],
    weights: {
      depthwise_kernel: {
        shape: [height, width, maps.channels, times],
        values: transposeValues(kernel.values, [maps.channels, times, height, width], [2, 3, 0, 1]),
      },
      ...biasOf(convolution),
    },
    name,
  });
  return outputOf(maps, window, layer, filters);
}

function addGroups(convolution: Convolution, groups: number): Maps {
  const { context, window, maps, kernel, bias, name } = convolution;
  const [filters = 0, inputs = 0, ...sides] = kernel.dims;
  const made = filters / groups;
  const size = kernel.values.length / groups;
  const parts = Array.from({ length: groups }, (_, group) => {
    const part = `group${group}`;
    const sources = Array.from({ length: inputs }, (__, channel) => group * inputs + channel);
    return addConv({
      ...convolution,
      maps: selectChannels(context, maps, sources, { name, part }),
      kernel: {
        ...kernel,
        dims: [made, inputs, ...sides],
        values: kernel.values.subarray(group * size, (group + 1) * size),
      },
      bias: bias && { ...bias, dims: [made], values: bias.values.subarray(group * made, (group + 1) * made) },
      part,
    });
  });
  const layer = context.plan.add(context.node, {
    kind: 'Concatenate',
    config: { axis: -1 },
    inputs: parts.map((part) => part.layer),
    repairs: [`its ${groups} groups are convolutions of their own`],
    name,
  });
  return outputOf(maps, window, layer, filters);
}

function outputOf(maps: Maps, { output: [height, width] }: SlidingWindow, layer: string, channels: number): Maps {
  return { ...maps, layer, height, width, channels, isNonNegative: false };
}
