import type { LesionClass } from './lesionClass';
import { noiseField } from './noiseField';
import { shapeLesion } from './shapeLesion';

/** Red to purple lobes with pale walls between them. Faint ones come close to a pink basal cell carcinoma. */
export const vascularLesion: LesionClass = {
  name: 'vascular lesion',
  share: 0.12,
  darkSkinFactor: 1,
  draw(patch, contrast, random) {
    const { size, melanin, blood, blue } = patch;
    const form = shapeLesion(
      size,
      {
        radius: 0.32 + 0.24 * random.next(),
        asymmetry: 0.08 + 0.1 * random.next(),
        irregularity: 0.05 + 0.08 * random.next(),
        softness: 0.07 + 0.1 * random.next(),
      },
      random,
    );
    const strengthOfBlood = 0.35 + 0.7 * random.next();
    const walls = 0.65 * random.next();
    const purple = random.next() ** 1.5;
    const lobes = Array.from({ length: 5 + random.integer(5) }, () => {
      const angle = 2 * Math.PI * random.next();
      const distance = form.radius * Math.sqrt(random.next());
      return [form.middle[0] + distance * Math.cos(angle), form.middle[1] + distance * Math.sin(angle)] as const;
    });
    const mottle = noiseField(random, size, 8);
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const i = y * size + x;
        const m = form.mask[i]!;
        if (m === 0) continue;
        const wall = wallBetween(lobes, (2 * x + 1) / size - 1, (2 * y + 1) / size - 1, form.radius);
        const strength = contrast * m * Math.max(0.2, 1 - walls * wall + 0.15 * mottle[i]!);
        blood[i]! += strength * strengthOfBlood;
        blue[i]! += strength * 0.5 * purple;
        melanin[i]! += strength * 0.05;
      }
    }
  },
};

/** 1 on the wall between the two nearest lobes, 0 inside a lobe (Worley noise). */
function wallBetween(lobes: readonly (readonly [number, number])[], x: number, y: number, radius: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  let second = Number.POSITIVE_INFINITY;
  for (const [lobeX, lobeY] of lobes) {
    const distance = Math.hypot(x - lobeX, y - lobeY);
    if (distance < nearest) {
      second = nearest;
      nearest = distance;
    } else if (distance < second) second = distance;
  }
  return Math.exp(-(((second - nearest) / (0.22 * radius)) ** 2));
}
