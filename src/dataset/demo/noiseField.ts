import type { Random } from '../../foundation/random';

/**
 * Smooth random field: normal numbers on a grid of `cells` × `cells`, joined smoothly (value noise).
 * @returns row-major [size, size]; mean 0, standard deviation about 0.6
 */
export function noiseField(random: Random, size: number, cells: number): Float32Array {
  const grid = cells + 2;
  const knots = Float32Array.from({ length: grid * grid }, () => approximateNormal(random));
  const shiftX = random.next();
  const shiftY = random.next();
  const columns = new Int32Array(size);
  const weights = new Float32Array(size);
  for (let x = 0; x < size; x++) {
    const position = shiftX + (x * cells) / size;
    columns[x] = Math.floor(position);
    weights[x] = fade(position - Math.floor(position));
  }
  const field = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    const position = shiftY + (y * cells) / size;
    const row = Math.floor(position);
    const v = fade(position - row);
    for (let x = 0; x < size; x++) {
      const knot = row * grid + columns[x]!;
      const u = weights[x]!;
      const above = knots[knot]! + u * (knots[knot + 1]! - knots[knot]!);
      const below = knots[knot + grid]! + u * (knots[knot + grid + 1]! - knots[knot + grid]!);
      field[y * size + x] = above + v * (below - above);
    }
  }
  return field;
}

/** Sum of three uniform numbers, scaled to standard deviation 1: near enough to normal, and several times as fast. */
export function approximateNormal(random: Random): number {
  return (random.next() + random.next() + random.next() - 1.5) * 2;
}

/** Cubic step from 0 to 1 with level ends. */
function fade(t: number): number {
  return t * t * (3 - 2 * t);
}
