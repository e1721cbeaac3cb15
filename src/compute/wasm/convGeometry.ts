import { backend_util, type NamedAttrMap } from '@tensorflow/tfjs-core';
import { LabError } from '../../foundation/labError';

/** Sizes of a 2-D convolution, channels last. `top` and `left` count the zero rows and columns put before the image. */
export interface ConvGeometry {
  batch: number;
  inHeight: number;
  inWidth: number;
  inChannels: number;
  outHeight: number;
  outWidth: number;
  outChannels: number;
  kernelHeight: number;
  kernelWidth: number;
  strideHeight: number;
  strideWidth: number;
  top: number;
  bottom: number;
  left: number;
  right: number;
}

type ConvPadding = Parameters<typeof backend_util.computeConv2DInfo>[4];
type Rounding = Parameters<typeof backend_util.computeConv2DInfo>[5];
type Pair = number | [number, number];

/** The attributes that tfjs gives to Conv2D, its gradients and its fused and depthwise relatives. */
export interface ConvAttributes {
  strides: Pair;
  pad: ConvPadding;
  dilations?: Pair;
  dataFormat?: string;
  dimRoundingMode?: Rounding;
  filterShape?: [number, number, number, number];
  inputShape?: [number, number, number, number];
}

/** Types the attributes of a convolution kernel. tfjs passes them untyped and has checked them in the op. */
export function convAttributes(attrs: NamedAttrMap | undefined): ConvAttributes {
  return attrs as unknown as ConvAttributes;
}

/**
 * Works out the sizes of a convolution as tfjs does.
 * @param inShape [batch, height, width, channels]
 * @param filterShape [height, width, in, out] (depthwise: [height, width, in, multiplier])
 * @throws `shape-mismatch` when channels are not last, or a gradient is asked of a dilated convolution
 */
export function convGeometry(
  inShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dilations, dataFormat, dimRoundingMode }: ConvAttributes,
  depthwise = false,
): ConvGeometry {
  if (dataFormat === 'NCHW') throw unsupported('channels first');
  const info = backend_util.computeConv2DInfo(
    shape4D(inShape),
    shape4D(filterShape),
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
    depthwise,
  );
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1) throw unsupported('a dilated filter');
  return {
    batch: info.batchSize,
    inHeight: info.inHeight,
    inWidth: info.inWidth,
    inChannels: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    outChannels: info.outChannels,
    kernelHeight: info.filterHeight,
    kernelWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    top: info.padInfo.top,
    bottom: info.padInfo.bottom,
    left: info.padInfo.left,
    right: info.padInfo.right,
  };
}

/** The shape as four numbers. @throws `shape-mismatch` when it has another rank */
export function shape4D(shape: readonly number[]): [number, number, number, number] {
  const [a, b, c, d] = shape;
  if (shape.length === 4 && a !== undefined && b !== undefined && c !== undefined && d !== undefined) {
    return [a, b, c, d];
  }
  throw unsupported(`a tensor of rank ${shape.length}`);
}

function unsupported(what: string): LabError {
  return new LabError({
    code: 'shape-mismatch',
    stage: 'computing a convolution on WASM',
    message: `A convolution with ${what} has no gradient on WASM.`,
    hint: 'Use channels-last images of rank 4 and convolutions without dilation.',
  });
}
