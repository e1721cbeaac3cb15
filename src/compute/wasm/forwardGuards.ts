import { backend_util, type KernelFunc, type MaxPoolAttrs, type NamedAttrMap } from '@tensorflow/tfjs-core';
import { LabError } from '../../foundation/labError';
import { convAttributes, shape4D } from './convGeometry';
import { requireInput } from './kernelScope';

/**
 * Wraps a stock convolution, whose `same` padding is wrong where a stride is larger than the kernel: there the padding
 * is worked out here and given as numbers.
 * @param isDepthwise true for the depthwise kernels
 */
export function correctSamePadding(stock: KernelFunc, isDepthwise: boolean): KernelFunc {
  return (call) => {
    const attributes = convAttributes(call.attrs);
    if (attributes.pad !== 'same') return stock(call);
    const { strides, pad, dilations, dimRoundingMode } = attributes;
    const info = backend_util.computeConv2DInfo(
      shape4D(requireInput(call.inputs, 'x').shape),
      shape4D(requireInput(call.inputs, 'filter').shape),
      strides,
      dilations ?? 1,
      pad,
      dimRoundingMode,
      isDepthwise,
    );
    if (info.strideHeight <= info.filterHeight && info.strideWidth <= info.filterWidth) return stock(call);
    const { top, bottom, left, right } = info.padInfo;
    const explicit: NamedAttrMap = {
      ...call.attrs,
      pad: [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ],
    };
    return stock({ ...call, attrs: explicit });
  };
}

/**
 * Wraps a stock pooling, which gives wrong values when the padding is as wide as the window.
 * @throws `config-invalid` from the wrapped kernel for such a pooling: its outer windows would hold no pixel at all
 */
export function refuseWidePoolPadding(stock: KernelFunc): KernelFunc {
  return (call) => {
    // tfjs passes attributes untyped and has checked them in the op.
    const { filterSize, pad } = call.attrs as unknown as MaxPoolAttrs;
    const window = typeof filterSize === 'number' ? filterSize : Math.min(...filterSize);
    if (typeof pad !== 'number' || pad < window) return stock(call);
    throw new LabError({
      code: 'config-invalid',
      stage: 'computing a pooling on WASM',
      message: `A pooling with a window of ${window} cannot be padded by ${pad}.`,
      hint: 'Use a padding smaller than the window.',
    });
  };
}
