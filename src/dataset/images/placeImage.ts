import type { ImageFit } from '../../foundation/imageFit';

/** A part of an image, or of the square that it is drawn on, in whole pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * Which part of an image is drawn where on a square, so that it fits as asked.
 *
 * @param image its sides in pixels, upright
 * @param size side of the square
 * @returns `from`, a part of the image, is scaled to `to`, a part of the square; no part is ever empty
 */
export function placeImage(
  { width, height }: { width: number; height: number },
  size: number,
  fit: ImageFit,
): { from: Box; to: Box } {
  const [whole, square] = [box(width, height), box(size, size)];
  switch (fit.kind) {
    case 'squeeze':
      return { from: whole, to: square };
    case 'pad': {
      const scale = size / Math.max(width, height);
      return { from: whole, to: inTheMiddle(atLeastOne(width * scale), atLeastOne(height * scale), square) };
    }
    case 'crop': {
      const side = atLeastOne(Math.min(width, height) * (1 - fit.margin));
      return { from: inTheMiddle(side, side, whole), to: square };
    }
  }
}

function box(width: number, height: number): Box {
  return { left: 0, top: 0, width, height };
}

/** Where an odd number of pixels is left over, the larger half lies right and below. */
function inTheMiddle(width: number, height: number, of: Box): Box {
  return { left: Math.floor((of.width - width) / 2), top: Math.floor((of.height - height) / 2), width, height };
}

function atLeastOne(pixels: number): number {
  return Math.max(1, Math.round(pixels));
}
