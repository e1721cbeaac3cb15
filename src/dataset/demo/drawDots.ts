import type { Random } from '../../foundation/random';

/** Soft round dots at random places; lengths in units of half the patch. */
export interface Dots {
  count: number;
  /** Radius is uniform between these. */
  minRadius: number;
  maxRadius: number;
  /** Places are within this distance of the middle. */
  spread: number;
  middle: readonly [number, number];
}

/**
 * Draws dots into a layer, Gaussian from the middle outwards.
 * @param strength value at the middle of a dot
 * @param mask multiplies the strength, per pixel
 */
export function drawDots(
  layer: Float32Array,
  size: number,
  dots: Dots,
  strength: number,
  mask: Float32Array,
  random: Random,
) {
  const half = size / 2;
  for (let dot = 0; dot < dots.count; dot++) {
    const angle = 2 * Math.PI * random.next();
    const distance = dots.spread * Math.sqrt(random.next());
    const centreX = (dots.middle[0] + distance * Math.cos(angle) + 1) * half;
    const centreY = (dots.middle[1] + distance * Math.sin(angle) + 1) * half;
    const radius = Math.max(0.6, half * (dots.minRadius + (dots.maxRadius - dots.minRadius) * random.next()));
    const reach = 2 * radius;
    for (let y = Math.max(0, Math.floor(centreY - reach)); y < Math.min(size, centreY + reach); y++) {
      for (let x = Math.max(0, Math.floor(centreX - reach)); x < Math.min(size, centreX + reach); x++) {
        const square = (x + 0.5 - centreX) ** 2 + (y + 0.5 - centreY) ** 2;
        const pixel = y * size + x;
        layer[pixel]! += strength * Math.exp(-square / (radius * radius)) * mask[pixel]!;
      }
    }
  }
}
