import type { ConvGeometry } from '../convGeometry';

/** Fewest input and output channels for which the transforms cost less than the products they save. */
const fewestChannels = 8;

/** Whether a convolution is of the kind that Winograd's method is written for, and large enough to gain from it. */
export function isWinogradConvolution(g: ConvGeometry): boolean {
  const isThreeByThree = g.kernelHeight === 3 && g.kernelWidth === 3 && g.strideHeight === 1 && g.strideWidth === 1;
  const isWide = Math.min(g.inChannels, g.outChannels) >= fewestChannels;
  return isThreeByThree && isWide && g.top >= 0 && g.left >= 0 && g.outHeight > 0 && g.outWidth > 0;
}
