import {
  type AvgPoolAttrs,
  backend_util,
  engine,
  type GradConfig,
  mul,
  type Tensor,
  type Tensor4D,
  tensor,
} from '@tensorflow/tfjs-core';

/**
 * Gradient of `AvgPool`: every output gives dY / n to each of the n pixels of its window that lie on the image, since the
 * average is taken of these n alone.
 *
 * Replaces the stock one, which on every backend divides by the size of the whole window, so that it is too small at a
 * padded border. Its kernel `AvgPoolGrad` goes on being used: dY is enlarged before by what the kernel divides too much.
 */
export const averagePoolGradient: GradConfig = {
  kernelName: 'AvgPool',
  inputsToSave: ['x'],
  gradFunc: (dys, saved, attrs) => {
    const dy = Array.isArray(dys) ? dys[0]! : dys;
    const [input] = saved as [Tensor4D];
    return {
      x: () => {
        const excess = windowExcess(input.shape, attrs as unknown as AvgPoolAttrs);
        return engine().runKernel<Tensor>('AvgPoolGrad', { dy: excess ? mul(dy, excess) : dy, input }, attrs);
      },
    };
  },
};

/**
 * Pixels of a window over its pixels on the image.
 * @returns [1, outHeight, outWidth, 1]; null where no window reaches beyond the image
 */
function windowExcess(inShape: Tensor4D['shape'], attrs: AvgPoolAttrs): Tensor | null {
  const { filterSize, strides, pad, dimRoundingMode } = attrs;
  const info = backend_util.computePool2DInfo(inShape, filterSize, strides, 1, pad, dimRoundingMode);
  const rows = sidesExcess(info.inHeight, info.outHeight, info.filterHeight, info.strideHeight, info.padInfo.top);
  const columns = sidesExcess(info.inWidth, info.outWidth, info.filterWidth, info.strideWidth, info.padInfo.left);
  if ([...rows, ...columns].every((excess) => excess === 1)) return null;
  const excess = rows.flatMap((row) => columns.map((column) => row * column));
  return tensor(excess, [1, info.outHeight, info.outWidth, 1]);
}

/** For each window along one side: its length over its length on the image. */
function sidesExcess(image: number, windows: number, length: number, stride: number, before: number): number[] {
  return Array.from({ length: windows }, (_, index) => {
    const start = index * stride - before;
    return length / (Math.min(image, start + length) - Math.max(0, start));
  });
}
