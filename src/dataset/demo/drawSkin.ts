import type { Random } from '../../foundation/random';
import { drawStroke } from './drawStroke';
import { approximateNormal, noiseField } from './noiseField';
import type { Patch } from './patch';

/** Strengths as optical density. */
const blotches = 0.07;
const flush = 0.08;
const relief = 0.045;
const pores = 0.03;
const grain = 0.014;
const maxHairs = 5;

/** Draws bare skin: uneven tone and flush, its fine relief and pores, the lamp's light and the camera's grain. */
export function drawSkin(patch: Patch, random: Random) {
  const { size, melanin, blood, shade } = patch;
  const tone = noiseField(random, size, 3);
  const red = noiseField(random, size, 4);
  const lines = noiseField(random, size, 13);
  const fine = noiseField(random, size, 26);
  const slope = 0.16 * random.next();
  const slopeAngle = 2 * Math.PI * random.next();
  const slopeX = slope * Math.cos(slopeAngle);
  const slopeY = slope * Math.sin(slopeAngle);
  const vignette = 0.06 + 0.16 * random.next();
  for (let y = 0; y < size; y++) {
    const v = (2 * y + 1) / size - 1;
    for (let x = 0; x < size; x++) {
      const u = (2 * x + 1) / size - 1;
      const i = y * size + x;
      melanin[i]! += blotches * tone[i]!;
      blood[i]! += flush * red[i]!;
      // A ridge where the field changes sign gives the net of furrows that crosses all skin.
      const furrow = Math.exp(-12 * lines[i]! * lines[i]!);
      const falloff = vignette * (u * u + v * v) * (u * u + v * v) * 0.6;
      shade[i]! +=
        relief * furrow + pores * fine[i]! + grain * approximateNormal(random) + slopeX * u + slopeY * v + falloff;
    }
  }
}

/** Draws a few hairs over everything. Two in five patches have none. */
export function drawHairs(patch: Patch, random: Random) {
  const count = Math.max(0, random.integer(maxHairs + 3) - 2);
  const combed = 2 * Math.PI * random.next();
  for (let hair = 0; hair < count; hair++) {
    const stroke = {
      startX: 1.8 * random.next() - 0.9,
      startY: 1.8 * random.next() - 0.9,
      direction: combed + 0.9 * (random.next() - 0.5),
      length: 0.5 + random.next(),
      bend: 1.4 * (random.next() - 0.5),
      wander: 0.06,
      halfWidth: 0.009 + 0.007 * random.next(),
    };
    drawStroke(patch.shade, patch.size, stroke, 0.5 + 0.5 * random.next(), null, random);
  }
}
