import { drawDots } from './drawDots';
import type { LesionClass } from './lesionClass';
import { noiseField } from './noiseField';
import { shapeLesion } from './shapeLesion';

/** Asymmetric, with a notched border and several colours: dark brown, black, blue-grey, red, white. Early ones are tame. */
export const melanoma: LesionClass = {
  name: 'melanoma',
  share: 0.2,
  darkSkinFactor: 0.45,
  draw(patch, contrast, random) {
    const { size, melanin, blood, blue, veil } = patch;
    const atypia = 1 - 0.95 * random.next() ** 1.4;
    const form = shapeLesion(
      size,
      {
        radius: 0.36 + 0.24 * random.next(),
        asymmetry: 0.05 + 0.23 * atypia,
        irregularity: 0.08 + 0.26 * atypia,
        softness: 0.07 + 0.08 * random.next(),
      },
      random,
    );
    const density = 0.6 + 0.5 * random.next() + 0.3 * atypia;
    const dark = noiseField(random, size, 5);
    const second = noiseField(random, size, 3);
    const third = noiseField(random, size, 4);
    const rough = noiseField(random, size, 17);
    for (let i = 0; i < melanin.length; i++) {
      const m = form.mask[i]!;
      if (m === 0) continue;
      const strength = contrast * m;
      const variegated = 1 + atypia * 0.75 * dark[i]! + 0.16 * rough[i]!;
      const regressed = Math.max(0, -third[i]! - 0.45) * atypia;
      melanin[i]! += strength * Math.max(0.15, density * variegated * (1 - 0.7 * Math.min(1, regressed)));
      blue[i]! += strength * atypia * Math.max(0, second[i]! - 0.05) * 0.95;
      blood[i]! += strength * (0.14 + atypia * Math.max(0, -second[i]! - 0.25) * 0.8);
      veil[i]! += strength * Math.min(0.4, 0.45 * regressed);
    }
    const dots = { count: Math.round(7 * atypia), minRadius: 0.02, maxRadius: 0.05, spread: form.radius };
    drawDots(melanin, size, { ...dots, middle: form.middle }, contrast * 0.8, form.mask, random);
  },
};
