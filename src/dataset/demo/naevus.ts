import type { LesionClass } from './lesionClass';
import { noiseField } from './noiseField';
import { shapeLesion } from './shapeLesion';

/** Round, smooth, evenly brown. Atypical ones, about one in three, come close to a melanoma. */
export const naevus: LesionClass = {
  name: 'naevus',
  share: 0.3,
  darkSkinFactor: 1.25,
  draw(patch, contrast, random) {
    const { size, melanin, blood } = patch;
    const atypia = random.next() ** 1.9;
    const form = shapeLesion(
      size,
      {
        radius: 0.34 + 0.2 * random.next(),
        asymmetry: 0.03 + 0.17 * atypia,
        irregularity: 0.05 + 0.2 * atypia,
        softness: 0.1 + 0.12 * random.next(),
      },
      random,
    );
    const density = 0.55 + 0.55 * random.next() + 0.15 * atypia;
    const net = noiseField(random, size, 18);
    const patches = noiseField(random, size, 5);
    for (let i = 0; i < melanin.length; i++) {
      const m = form.mask[i]!;
      if (m === 0) continue;
      const centre = 1.1 - 0.3 * Math.min(1, form.reach[i]!);
      const texture = 1 + 0.1 * net[i]! + (0.12 + 0.5 * atypia) * patches[i]!;
      melanin[i]! += contrast * m * density * Math.max(0.2, centre * texture);
      blood[i]! += contrast * m * 0.14;
    }
  },
};
