import type { Random } from '../../foundation/random';
import { noiseField } from './noiseField';

/** How a lesion is outlined; lengths in units of half the patch. */
export interface LesionOutline {
  radius: number;
  /** Strength of the two- and three-lobed waves of the outline, 0 = an ellipse. */
  asymmetry: number;
  /** Strength of the fine notches of the outline. */
  irregularity: number;
  /** Width of the border's fading, as a share of the radius. */
  softness: number;
}

/** Where a lesion lies, row-major [size, size]. */
export interface LesionForm {
  /** 1 inside, 0 outside, soft between. */
  mask: Float32Array;
  /** Distance from the middle as a share of the radius in that direction: 0 middle, 1 border. */
  reach: Float32Array;
  middle: readonly [number, number];
  radius: number;
}

const halfTurnSteps = 180;
/** Waves never bend the outline closer to the middle than this share of the radius. */
const leastRadius = 0.35;
/** Reach of pixels too far out to be part of any outline. */
const farAway = 10;

/** Places and outlines a lesion: an ellipse, bent by waves of its radius and roughened by noise. */
export function shapeLesion(size: number, outline: LesionOutline, random: Random): LesionForm {
  const between = (low: number, high: number) => low + (high - low) * random.next();
  const middle = [between(-0.16, 0.16), between(-0.16, 0.16)] as const;
  const turn = between(0, 2 * Math.PI);
  const aspect = between(0.78, 1);
  const waves = [2, 3, 4, 5].map((lobes) => ({
    lobes,
    amplitude: (outline.asymmetry * between(0.4, 1)) / (lobes - 1),
    phase: between(0, 2 * Math.PI),
  }));
  const radii = tabulateRadii(outline.radius, waves);
  const farthest = 2 * Math.max(...radii);
  const coarse = noiseField(random, size, 6);
  const notches = noiseField(random, size, 14);
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const mask = new Float32Array(size * size);
  const reach = new Float32Array(size * size).fill(farAway);
  for (let y = 0; y < size; y++) {
    const dy = (2 * y + 1) / size - 1 - middle[1];
    for (let x = 0; x < size; x++) {
      const dx = (2 * x + 1) / size - 1 - middle[0];
      const along = cos * dx + sin * dy;
      const across = (cos * dy - sin * dx) / aspect;
      const distance = Math.sqrt(along * along + across * across);
      if (distance > farthest) continue;
      const i = y * size + x;
      const share = distance / radii[Math.floor((Math.atan2(across, along) / Math.PI + 1) * halfTurnSteps)]!;
      const rough = share + outline.irregularity * (0.7 * coarse[i]! + 0.5 * notches[i]!) * Math.min(1, share);
      reach[i] = rough;
      mask[i] = fallingStep(rough, 1 - outline.softness, 1 + outline.softness);
    }
  }
  return { mask, reach, middle, radius: outline.radius };
}

/** Radius in each direction, from -π to π in steps of π / 180. */
function tabulateRadii(radius: number, waves: { lobes: number; amplitude: number; phase: number }[]): Float64Array {
  return Float64Array.from({ length: 2 * halfTurnSteps + 1 }, (_, step) => {
    const angle = (step / halfTurnSteps - 1) * Math.PI;
    const bent = waves.reduce((sum, wave) => sum + wave.amplitude * Math.cos(wave.lobes * angle + wave.phase), 1);
    return radius * Math.max(leastRadius, bent);
  });
}

/** 1 below `from`, 0 above `to`, smooth between. */
function fallingStep(value: number, from: number, to: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return 1 - t * t * (3 - 2 * t);
}
