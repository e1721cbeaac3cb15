import { sineAndCosine } from './sineAndCosine';

/**
 * Where each pixel of a new image comes from, in pixels from the image's centre, x to the right, y down:
 * x' = xx · x + xy · y + x0, y' = yx · x + yy · y + y0.
 */
export interface AffineMap {
  xx: number;
  xy: number;
  x0: number;
  yx: number;
  yy: number;
  y0: number;
}

export const identityMap: AffineMap = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

/** What an image goes through, in this order: mirror x, mirror y, quarter turns, shear, rotation, scale. */
export interface Movement {
  mirrorX: boolean;
  mirrorY: boolean;
  /** Clockwise, 0 … 3. */
  quarterTurns: number;
  /** The row y below the centre moves to the left by tan(shear) · y. */
  shearDegrees: number;
  /** Clockwise. */
  rotationDegrees: number;
  /** Above 1 enlarges. */
  scale: number;
}

/**
 * All movements as one map, so that pixels are interpolated once. Shear, rotation and scale about the centre are put
 * together as in torchvision's `RandomAffine`.
 */
export function mapOfMovement(movement: Movement): AffineMap {
  const turns = sineAndCosine(90 * movement.quarterTurns);
  const rotation = sineAndCosine(movement.rotationDegrees);
  const shear = sineAndCosine(movement.shearDegrees);
  const signX = movement.mirrorX ? -1 : 1;
  const signY = movement.mirrorY ? -1 : 1;
  // A pixel's origin undoes the last change first.
  let map: AffineMap = { ...identityMap, xx: signX, yy: signY };
  map = after(map, turnedBack(turns));
  map = after(map, { ...identityMap, xy: shear.sine / shear.cosine });
  map = after(map, turnedBack(rotation));
  return after(map, { ...identityMap, xx: 1 / movement.scale, yy: 1 / movement.scale });
}

/** Clockwise rotation about the centre. */
export function mapOfRotation(degrees: number): AffineMap {
  return turnedBack(sineAndCosine(degrees));
}

function turnedBack({ sine, cosine }: { sine: number; cosine: number }): AffineMap {
  return { ...identityMap, xx: cosine, xy: sine, yx: -sine, yy: cosine };
}

/** The map that does `first` and then `second`; neither moves the centre. */
function after(second: AffineMap, first: AffineMap): AffineMap {
  return {
    xx: second.xx * first.xx + second.xy * first.yx,
    xy: second.xx * first.xy + second.xy * first.yy,
    x0: 0,
    yx: second.yx * first.xx + second.yy * first.yx,
    yy: second.yx * first.xy + second.yy * first.yy,
    y0: 0,
  };
}
