import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../foundation/random';
import type { AugmentationSettings } from './augmentation';
import { augmentPixels } from './augmentPixels';

const nothing: AugmentationSettings = {
  horizontalFlip: false,
  verticalFlip: false,
  quarterTurns: false,
  brightness: 0,
  saturation: 0,
};

/** Gives the listed numbers in turn: mirror x, mirror y, turns / 4, brightness, saturation. */
function scripted(...numbers: number[]): Random {
  let at = 0;
  const next = () => numbers[at++ % numbers.length]!;
  return { ...createRandom(1), next, integer: (bound) => Math.floor(next() * bound) };
}

/** A 2 × 2 image whose pixels are a, b / c, d, each grey of one value. */
function image(a: number, b: number, c: number, d: number): Uint8Array {
  return Uint8Array.from([a, b, c, d].flatMap((value) => [value, value, value]));
}

const heads = 0.1;
const tails = 0.9;
const middle = 0.5;

describe('augmentPixels', () => {
  const source = image(1, 2, 3, 4);

  it('leaves images as they are when everything is switched off, whatever is drawn', () => {
    expect([...augmentPixels(source, 2, nothing, scripted(heads, heads, 0.6, 0.9, 0.9))]).toEqual([...source]);
  });

  it('mirrors left and right', () => {
    const settings = { ...nothing, horizontalFlip: true };
    expect([...augmentPixels(source, 2, settings, scripted(heads, heads, 0, middle, middle))]).toEqual([
      ...image(2, 1, 4, 3),
    ]);
    expect([...augmentPixels(source, 2, settings, scripted(tails, heads, 0, middle, middle))]).toEqual([...source]);
  });

  it('mirrors top and bottom', () => {
    const settings = { ...nothing, verticalFlip: true };
    expect([...augmentPixels(source, 2, settings, scripted(heads, heads, 0, middle, middle))]).toEqual([
      ...image(3, 4, 1, 2),
    ]);
  });

  it.each([
    [1, image(3, 1, 4, 2)],
    [2, image(4, 3, 2, 1)],
    [3, image(2, 4, 1, 3)],
  ])('turns clockwise by %i quarters', (turns, expected) => {
    const settings = { ...nothing, quarterTurns: true };
    expect([...augmentPixels(source, 2, settings, scripted(heads, heads, turns / 4, middle, middle))]).toEqual([
      ...expected,
    ]);
  });

  it('mirrors before it turns', () => {
    const settings = { ...nothing, horizontalFlip: true, quarterTurns: true };
    // 1 2 / 3 4 → mirrored 2 1 / 4 3 → turned 4 2 / 3 1
    expect([...augmentPixels(source, 2, settings, scripted(heads, tails, 0.25, middle, middle))]).toEqual([
      ...image(4, 2, 3, 1),
    ]);
  });

  it('multiplies brightness by a factor from 1 - b to 1 + b, rounded and clamped', () => {
    const settings = { ...nothing, brightness: 0.5 };
    const brighter = augmentPixels(image(10, 100, 201, 0), 2, settings, scripted(tails, tails, 0, 1, middle));
    expect([...brighter]).toEqual([...image(15, 150, 255, 0)]);
    const darker = augmentPixels(image(10, 100, 200, 0), 2, settings, scripted(tails, tails, 0, 0, middle));
    expect([...darker]).toEqual([...image(5, 50, 100, 0)]);
  });

  it('fades to BT.601 grey at saturation factor 0 and moves away from it above 1', () => {
    const settings = { ...nothing, saturation: 1 };
    const colour = Uint8Array.from([100, 50, 0]);
    // grey = 0.299 · 100 + 0.587 · 50 + 0.114 · 0 = 59.25
    expect([...augmentPixels(colour, 1, settings, scripted(tails, tails, 0, middle, 0))]).toEqual([59, 59, 59]);
    // 59.25 + 2 · (100 - 59.25) = 140.75; 59.25 + 2 · (50 - 59.25) = 40.75; below 0
    expect([...augmentPixels(colour, 1, settings, scripted(tails, tails, 0, middle, 1))]).toEqual([141, 41, 0]);
  });

  it('decides for each image anew and leaves its input alone', () => {
    const two = Uint8Array.from([...source, ...source]);
    const settings = { ...nothing, horizontalFlip: true };
    const result = augmentPixels(two, 2, settings, scripted(heads, tails, 0, 0.5, 0.5, tails, tails, 0, 0.5, 0.5));
    expect([...result]).toEqual([...image(2, 1, 4, 3), ...source]);
    expect([...two]).toEqual([...source, ...source]);
  });

  it('gives the same images for the same seed, and the same flips when colour changes are switched off', () => {
    const many = Uint8Array.from({ length: 20 * 12 }, (_, i) => i);
    const all = { horizontalFlip: true, verticalFlip: true, quarterTurns: true, brightness: 0.1, saturation: 0.5 };
    const run = (settings: AugmentationSettings) => [...augmentPixels(many, 2, settings, createRandom(3, 'augment'))];
    expect(run(all)).toEqual(run(all));
    const flipsOnly = run({ ...all, brightness: 0, saturation: 0 });
    const faint = run({ ...all, brightness: 1e-9, saturation: 1e-9 });
    expect(faint).toEqual(flipsOnly);
  });
});
