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
  const grey = (skin[0] + skin[1] + skin[2]) / 3;
  const [redPearl, greenPearl, bluePearl] = skin.map((base) => pearlBrightness * (base + pearlGrey * (grey - base)));
  for (let i = 0, at = offset; i < melanin.length; i++, at += 3) {
    const m = melanin[i]!;
    const h = blood[i]!;
    const b = blue[i]!;
    const pearly = Math.min(1, veil[i]!);
    const light = Math.exp(-shade[i]!);
    const red = skin[0] * Math.exp(-(m * melaninAbsorption[0] + h * bloodAbsorption[0] + b * blueAbsorption[0]));
    const green = skin[1] * Math.exp(-(m * melaninAbsorption[1] + h * bloodAbsorption[1] + b * blueAbsorption[1]));
    const bluish = skin[2] * Math.exp(-(m * melaninAbsorption[2] + h * bloodAbsorption[2] + b * blueAbsorption[2]));
    target[at] = light * (red + pearly * (redPearl! - red));
    target[at + 1] = light * (green + pearly * (greenPearl! - green));
    target[at + 2] = light * (bluish + pearly * (bluePearl! - bluish));
  }
}
