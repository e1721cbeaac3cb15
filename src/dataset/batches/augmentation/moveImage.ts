import { type Movement, mapOfMovement } from './affineMap';
import { warpImage } from './warpImage';

const channels = 3;

/**
 * Mirrors, turns, shears, rotates and scales an image. Pixels are interpolated only where they must be: mirrors and
 * quarter turns alone copy them.
 *
 * @param from uint8 [size, size, 3]
 * @param to of the same shape, another array: overwritten
 */
export function moveImage(from: Uint8Array, to: Uint8ClampedArray, size: number, movement: Movement): void {
  const { rotationDegrees, scale, shearDegrees } = movement;
  if (rotationDegrees === 0 && scale === 1 && shearDegrees === 0) copyPixels(from, to, size, movement);
  else warpImage(from, to, size, mapOfMovement(movement));
}

/** Mirrors, then turns clockwise by quarter turns. */
function copyPixels(from: Uint8Array, to: Uint8ClampedArray, size: number, movement: Movement): void {
  // Walking along a row or down a column of the new image, one walks in a straight line through the old one.
  const origin = originOf(0, 0, size, movement);
  const stepX = originOf(1, 0, size, movement) - origin;
  const stepY = originOf(0, 1, size, movement) - origin;
  let target = 0;
  for (let y = 0; y < size; y++) {
    let source = origin + y * stepY;
    for (let x = 0; x < size; x++, target += channels, source += stepX) {
      to[target] = from[source]!;
      to[target + 1] = from[source + 1]!;
      to[target + 2] = from[source + 2]!;
    }
  }
}

/** Where the pixel at x, y comes from: undoes the turns, then the mirrors. */
function originOf(x: number, y: number, size: number, { mirrorX, mirrorY, quarterTurns }: Movement): number {
  const last = size - 1;
  let sourceX = x;
  let sourceY = y;
  for (let turn = 0; turn < quarterTurns; turn++) [sourceX, sourceY] = [sourceY, last - sourceX];
  if (mirrorX) sourceX = last - sourceX;
  if (mirrorY) sourceY = last - sourceY;
  return (sourceY * size + sourceX) * channels;
}
