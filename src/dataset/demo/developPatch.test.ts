import { expect, it } from 'vitest';
import { developPatch } from './developPatch';
import { createPatch } from './patch';

const skin = [200, 100, 50] as const;

function develop(layer: 'melanin' | 'shade' | 'veil' | null, value: number): number[] {
  const patch = createPatch(1);
  if (layer) patch[layer][0] = value;
  const target = new Uint8ClampedArray(3);
  developPatch(patch, skin, target, 0);
  return [...target];
}

it('shows bare skin as it is', () => {
  expect(develop(null, 0)).toEqual([200, 100, 50]);
});

it('halves every colour by a shade of ln 2', () => {
  expect(develop('shade', Math.LN2)).toEqual([100, 50, 25]);
});

it('multiplies by exp(-absorption) for pigment, most in blue', () => {
  // 200 · e^-0.6 = 109.8, 100 · e^-0.95 = 38.7, 50 · e^-1.25 = 14.3
  expect(develop('melanin', 1)).toEqual([110, 39, 14]);
});

it('lets a full veil hide the skin, brighter and greyer than it is, and no more beyond', () => {
  // Grey 116.67; 1.18 · (200 + 0.45 · (116.67 - 200)) = 191.75, likewise 126.85 and 94.4.
  expect(develop('veil', 1)).toEqual([192, 127, 94]);
  expect(develop('veil', 3)).toEqual([192, 127, 94]);
});
