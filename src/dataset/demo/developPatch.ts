import type { Patch } from './patch';

type Colour = readonly [number, number, number];

/** Absorption in red, green and blue per unit of each layer: brown, red and slate, as their spectra look to a camera. */
const melaninAbsorption: Colour = [0.6, 0.95, 1.25];
const bloodAbsorption: Colour = [0.28, 1.05, 0.85];
const blueAbsorption: Colour = [1.1, 0.8, 0.5];

/** How much brighter and greyer than the skin a pearly surface is. */
const pearlBrightness = 1.18;
const pearlGrey = 0.45;

/**
 * Turns a patch into pixels: colour = skin · exp(-Σ layer · absorption), then mixed with the pearly colour by the veil.
 *
 * @param skin colour of the bare skin, 0 … 255
 * @param target receives [size, size, 3] from `offset` on
 */
export function developPatch(patch: Patch, skin: Colour, target: Uint8ClampedArray, offset: number) {
  const { melanin, blood, blue, shade, veil } = patch;
  const skinGrey = (skin[0] + skin[1] + skin[2]) / 3;
  for (let channel = 0; channel < 3; channel++) {
    const base = skin[channel]!;
    const pearl = pearlBrightness * (base + pearlGrey * (skinGrey - base));
    const byMelanin = melaninAbsorption[channel]!;
    const byBlood = bloodAbsorption[channel]!;
    const byBlue = blueAbsorption[channel]!;
    for (let i = 0; i < melanin.length; i++) {
      const light = Math.exp(-shade[i]!);
      const absorbed = Math.exp(-(melanin[i]! * byMelanin + blood[i]! * byBlood + blue[i]! * byBlue));
      const matt = base * absorbed;
      target[offset + i * 3 + channel] = light * (matt + veil[i]! * (pearl - matt));
    }
  }
}
