import { drawDots } from './drawDots';
import type { LesionClass } from './lesionClass';
import { noiseField } from './noiseField';
import { shapeLesion } from './shapeLesion';

/** Stuck on: sharp border, rough and scaly, yellowish brown, with dark pits and pale pearls. Inflamed ones turn pink. */
export const keratosis: LesionClass = {
  name: 'keratosis',
  share: 0.2,
  darkSkinFactor: 1.1,
  draw(patch, contrast, random) {
    const { size, melanin, blood, shade, veil } = patch;
    const inflamed = random.next() ** 1.5;
    const roughness = 0.2 + 0.7 * random.next();
    const form = shapeLesion(
      size,
      {
        radius: 0.38 + 0.22 * random.next(),
        asymmetry: 0.04 + 0.1 * random.next(),
        irregularity: 0.05 + 0.1 * random.next(),
        softness: 0.04 + 0.06 * random.next(),
      },
      random,
    );
    const density = (0.28 + 0.42 * random.next()) * (1 - 0.55 * inflamed);
    const warts = noiseField(random, size, 12);
    const scales = noiseField(random, size, 21);
    const tone = noiseField(random, size, 4);
    for (let i = 0; i < melanin.length; i++) {
      const m = form.mask[i]!;
      if (m === 0) continue;
      const strength = contrast * m;
      const crack = Math.exp(-9 * warts[i]! * warts[i]!);
      melanin[i]! += strength * density * Math.max(0.2, 1 + 0.25 * tone[i]! + 0.5 * roughness * crack);
      blood[i]! += strength * 0.45 * inflamed;
      shade[i]! += strength * roughness * (0.2 * scales[i]! + 0.16 * crack - 0.05);
      veil[i]! += strength * Math.min(0.5, roughness * Math.max(0, 0.14 + 0.3 * scales[i]!));
    }
    const inside = { spread: 0.8 * form.radius, middle: form.middle };
    const pits = { count: 3 + random.integer(6), minRadius: 0.025, maxRadius: 0.05, ...inside };
    drawDots(melanin, size, pits, contrast * 0.8 * (1 - 0.6 * inflamed), form.mask, random);
    drawDots(
      veil,
      size,
      { count: 2 + random.integer(5), minRadius: 0.02, maxRadius: 0.045, ...inside },
      contrast * 0.35,
      form.mask,
      random,
    );
  },
};
