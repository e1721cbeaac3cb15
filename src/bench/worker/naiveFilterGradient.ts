import {
  backend_util,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  type KernelConfig,
  matMul,
  pad,
  reshape,
  stack,
  stridedSlice,
  type Tensor2D,
  type Tensor4D,
  tidy,
} from '@tensorflow/tfjs-core';

/**
 * The kernel that stock tfjs WASM lacks for training, in the simplest way: for each position in the filter, the strided
 * slice of the padded images that it has touched, times dy. Dilation 1, channels last. This is what the bench compares
 * the lab's training with; the lab does not use it.
 */
export const naiveFilterGradient: KernelConfig = {
  kernelName: Conv2DBackpropFilter,
  backendName: 'wasm',
  kernelFunc({ inputs, attrs }) {
    const { x, dy } = inputs as { x: Tensor4D; dy: Tensor4D };
    const { strides, pad: padding, filterShape, dimRoundingMode } = attrs as unknown as Conv2DBackpropFilterAttrs;
    const convolution = backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, padding, dimRoundingMode);
    return tidy(() => gradientByPosition(x, dy, convolution));
  },
};

function gradientByPosition(x: Tensor4D, dy: Tensor4D, convolution: backend_util.Conv2DInfo): Tensor4D {
  const { filterHeight, filterWidth, strideHeight, strideWidth, inChannels, outChannels, padInfo } = convolution;
  const [batch, outHeight, outWidth] = dy.shape;
  const padded = pad(x, [
    [0, 0],
    [padInfo.top, padInfo.bottom],
    [padInfo.left, padInfo.right],
    [0, 0],
  ]);
  const outputs = reshape(dy, [-1, outChannels]);
  const positions: Tensor2D[] = [];
  for (let row = 0; row < filterHeight; row++) {
    for (let column = 0; column < filterWidth; column++) {
      const touched = stridedSlice(
        padded,
        [0, row, column, 0],
        [batch, row + (outHeight - 1) * strideHeight + 1, column + (outWidth - 1) * strideWidth + 1, inChannels],
        [1, strideHeight, strideWidth, 1],
      );
      positions.push(matMul(reshape(touched, [-1, inChannels]), outputs, true, false) as Tensor2D);
    }
  }
  return reshape(stack(positions), [filterHeight, filterWidth, inChannels, outChannels]);
}
