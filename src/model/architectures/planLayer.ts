import type { Padding } from './architecturePlan';

/** What a layer is, as tfjs names its kind. A convolution's own padding is all or none: see `ZeroPadding2D`. */
export type LayerDescription =
  | { kind: 'ZeroPadding2D'; pixels: number }
  | { kind: 'Conv2D'; filters: number; kernel: number; stride: number; padding: TfjsPadding; bias: boolean }
  | { kind: 'DepthwiseConv2D'; kernel: number; stride: number; padding: TfjsPadding; bias: boolean }
  | { kind: 'BatchNormalization'; epsilon: number }
  | { kind: 'Activation'; activation: TfjsActivation }
  | { kind: 'LeakyReLU'; slope: number }
  | { kind: 'MaxPooling2D' | 'AveragePooling2D'; size: number; stride: number; padding: TfjsPadding }
  | { kind: 'GlobalAveragePooling2D' | 'GlobalMaxPooling2D' | 'Flatten' }
  | { kind: 'Dense'; units: number; bias: boolean }
  | { kind: 'Dropout'; rate: number };

export type TfjsActivation = 'relu' | 'elu' | 'gelu' | 'swish' | 'tanh' | 'sigmoid';
export type TfjsPadding = Extract<Padding, string>;

/** A layer by its name in the network. */
export type NamedLayer = LayerDescription & { name: string };

export interface LayerSize {
  /** Height, width and channels of maps; or how many numbers. */
  outputShape: number[];
  parameters: number;
  /** Multiply-accumulates for one image. */
  macs: number;
}

/** What a layer makes of an input of this shape, and what it costs. */
export function sizeLayer(layer: LayerDescription, input: readonly number[]): LayerSize {
  const [height = 1, , channels = 1] = input;
  const free = (outputShape: readonly number[]): LayerSize => ({
    outputShape: [...outputShape],
    parameters: 0,
    macs: 0,
  });
  switch (layer.kind) {
    case 'ZeroPadding2D':
      return free([height + 2 * layer.pixels, height + 2 * layer.pixels, channels]);
    case 'Conv2D':
      return sizeConvolution(layer, height, channels * layer.filters, layer.filters);
    case 'DepthwiseConv2D':
      return sizeConvolution(layer, height, channels, channels);
    case 'BatchNormalization':
      return { ...free(input), parameters: 4 * input.at(-1)! };
    case 'Activation':
    case 'LeakyReLU':
    case 'Dropout':
      return free(input);
    case 'MaxPooling2D':
    case 'AveragePooling2D': {
      const side = sideAfter(height, layer.size, layer.stride, layer.padding);
      return free([side, side, channels]);
    }
    case 'GlobalAveragePooling2D':
    case 'GlobalMaxPooling2D':
      return free([channels]);
    case 'Flatten':
      return free([input.reduce((product, side) => product * side, 1)]);
    case 'Dense': {
      const macs = input[0]! * layer.units;
      return { outputShape: [layer.units], parameters: macs + (layer.bias ? layer.units : 0), macs };
    }
  }
}

/** @param filterPairs pairs of an input and an output channel that a kernel joins */
function sizeConvolution(
  { kernel, stride, padding, bias }: Extract<LayerDescription, { kind: 'Conv2D' | 'DepthwiseConv2D' }>,
  side: number,
  filterPairs: number,
  channels: number,
): LayerSize {
  const after = sideAfter(side, kernel, stride, padding);
  const weights = kernel * kernel * filterPairs;
  return {
    outputShape: [after, after, channels],
    parameters: weights + (bias ? channels : 0),
    macs: after * after * weights,
  };
}

function sideAfter(side: number, window: number, stride: number, padding: TfjsPadding): number {
  return padding === 'same' ? Math.ceil(side / stride) : Math.floor((side - window) / stride) + 1;
}
