import { drawDots } from './drawDots';
import { drawStroke } from './drawStroke';
import type { LesionClass } from './lesionClass';
import { noiseField } from './noiseField';
import { shapeLesion } from './shapeLesion';

const maxVessels = 5;

/** Pink and pearly with a translucent rim and branching vessels. Pigmented or crusted ones come close to a keratosis. */
export const basalCellCarcinoma: LesionClass = {
  name: 'basal cell carcinoma',
  share: 0.18,
  darkSkinFactor: 0.4,
  draw(patch, contrast, random) {
    const { size, melanin, blood, blue, shade, veil } = patch;
    const pigmented = random.next() ** 1.6;
    const form = shapeLesion(
      size,
      {
        radius: 0.38 + 0.2 * random.next(),
        asymmetry: 0.05 + 0.1 * random.next(),
        irregularity: 0.06 + 0.1 * random.next(),
        softness: 0.08 + 0.1 * random.next(),
      },
      random,
    );
    const pink = 0.22 + 0.32 * random.next();
    const pearl = 0.12 + 0.2 * random.next();
    const rim = 0.1 + 0.7 * random.next();
    const mottle = noiseField(random, size, 7);
    const scale = noiseField(random, size, 16);
    for (let i = 0; i < melanin.length; i++) {
      const m = form.mask[i]!;
      if (m === 0) continue;
      const strength = contrast * m;
      const onRim = Math.exp(-(((form.reach[i]! - 0.84) / 0.16) ** 2));
      blood[i]! += strength * pink * (1 + 0.35 * mottle[i]!) * (1 - 0.5 * onRim);
      melanin[i]! += strength * (0.06 + pigmented * (0.5 + 0.3 * mottle[i]!));
      veil[i]! += strength * Math.min(0.75, pearl * (0.8 + 0.3 * scale[i]!) + 0.45 * rim * onRim);
      shade[i]! += strength * 0.1 * pigmented * scale[i]!;
    }
    const inside = { spread: 0.75 * form.radius, middle: form.middle };
    const vessels = random.integer(maxVessels + 1);
    for (let vessel = 0; vessel < vessels; vessel++) {
      const angle = 2 * Math.PI * random.next();
      const stroke = {
        startX: form.middle[0] + form.radius * 0.95 * Math.cos(angle),
        startY: form.middle[1] + form.radius * 0.95 * Math.sin(angle),
        direction: angle + Math.PI + 2.2 * (random.next() - 0.5),
        length: form.radius * (0.4 + 0.9 * random.next()),
        bend: 2.6 * (random.next() - 0.5),
        wander: 0.5,
        halfWidth: 0.006 + 0.009 * random.next(),
      };
      drawStroke(blood, size, stroke, contrast * (0.3 + 0.5 * random.next()), form.mask, random);
    }
    drawDots(
      blue,
      size,
      { count: 5, minRadius: 0.03, maxRadius: 0.07, ...inside },
      contrast * 0.5 * pigmented,
      form.mask,
      random,
    );
    drawDots(veil, size, { count: 3, minRadius: 0.02, maxRadius: 0.05, ...inside }, contrast * 0.35, form.mask, random);
    const ulcer = random.next() < 0.3 ? 0.8 : 0;
    drawDots(
      blood,
      size,
      { count: 1, minRadius: 0.1, maxRadius: 0.18, ...inside, spread: 0.2 * form.radius },
      contrast * ulcer,
      form.mask,
      random,
    );
  },
};
