import type { Random } from '../../foundation/random';

/** A thin curved line; lengths in units of half the patch, from its centre. */
export interface Stroke {
  startX: number;
  startY: number;
  /** Direction at the start, radians. */
  direction: number;
  length: number;
  /** How much the direction turns along the whole line, radians. */
  bend: number;
  /** How much it wanders from step to step, radians. */
  wander: number;
  /** Half width. */
  halfWidth: number;
}

const stepLength = 0.02;

/**
 * Draws a line into a layer with soft edges; a pixel keeps the strongest of what covers it.
 * @param strength value at the middle of the line
 * @param mask multiplies the strength, per pixel; null draws everywhere
 */
export function drawStroke(
  layer: Float32Array,
  size: number,
  stroke: Stroke,
  strength: number,
  mask: Float32Array | null,
  random: Random,
) {
  const half = size / 2;
  const covered = new Map<number, number>();
  const steps = Math.ceil(stroke.length / stepLength);
  const reach = Math.max(stroke.halfWidth * half, 0.5) + 0.5;
  let { startX: x, startY: y, direction } = stroke;
  for (let step = 0; step <= steps; step++) {
    const centreX = (x + 1) * half;
    const centreY = (y + 1) * half;
    for (let py = Math.max(0, Math.ceil(centreY - reach - 0.5)); py + 0.5 <= centreY + reach && py < size; py++) {
      for (let px = Math.max(0, Math.ceil(centreX - reach - 0.5)); px + 0.5 <= centreX + reach && px < size; px++) {
        const distance = Math.hypot(px + 0.5 - centreX, py + 0.5 - centreY);
        const cover = Math.min(1, Math.max(0, reach - distance)) * Math.min(1, stroke.halfWidth * size);
        const pixel = py * size + px;
        if (cover > (covered.get(pixel) ?? 0)) covered.set(pixel, cover);
      }
    }
    x += Math.cos(direction) * stepLength;
    y += Math.sin(direction) * stepLength;
    direction += stroke.bend / steps + stroke.wander * (random.next() - 0.5);
  }
  for (const [pixel, cover] of covered) layer[pixel]! += strength * cover * (mask ? mask[pixel]! : 1);
}
