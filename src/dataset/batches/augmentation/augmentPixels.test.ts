import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../foundation/random';
import { sha256Hex } from '../../../foundation/sha256Hex';
import type { AugmentationSettings } from './augmentation';
import { authorsAugmentation, labAugmentation, noAugmentation } from './augmentationPresets';
import { augmentPixels } from './augmentPixels';

const nothing = noAugmentation.settings;

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

  it.each([labAugmentation, authorsAugmentation])('leaves grey images grey: $name', ({ settings }) => {
    const random = createRandom(3);
    const size = 8;
    const greys = Array.from({ length: 100 * size * size }, () => random.integer(256));
    const augmented = augmentPixels(
      Uint8Array.from(greys.flatMap((grey) => [grey, grey, grey])),
      size,
      settings,
      random,
    );
    const red = augmented.filter((_, index) => index % 3 === 0);
    expect(augmented.filter((_, index) => index % 3 === 1)).toEqual(red);
    expect(augmented.filter((_, index) => index % 3 === 2)).toEqual(red);
    expect([...red]).not.toEqual(greys);
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
    const all = { ...labAugmentation.settings, brightness: 0.1, saturation: 0.5 };
    const run = (settings: AugmentationSettings) => [...augmentPixels(many, 2, settings, createRandom(3, 'augment'))];
    expect(run(all)).toEqual(run(all));
    const flipsOnly = run({ ...all, brightness: 0, saturation: 0 });
    const faint = run({ ...all, brightness: 1e-9, saturation: 1e-9 });
    expect(faint).toEqual(flipsOnly);
  });
});

describe('the images that training saw before rotation, AutoAugment and cutout were added', () => {
  const size = 12;
  const pixels = Uint8Array.from(
    { length: 40 * size * size * 3 },
    (_, i) => (i * 73 + (i >> 5) * 29 + (i >> 9) * 151) & 255,
  );

  // The hashes and the next number of the stream were recorded from the code of commit a05c782, the last one without them.
  it.each([
    ['the default', labAugmentation.settings, 'dd56d3f5f1d93592d79754723b54ac4315deceb2b864a11421403b9a745f2441'],
    [
      'flips only',
      { ...nothing, horizontalFlip: true, verticalFlip: true },
      '5f8bf4b8fad4ecff0afbf6b4d30e30d9ec4854b756952dd9c682138b77590b21',
    ],
    [
      'quarter turns and brightness',
      { ...nothing, quarterTurns: true, brightness: 0.3 },
      'fb8b68ec0d84da37449fc0c31ef8e8c5482d14c815d070467e0a6e82ca14addc',
    ],
  ])('are the same bytes, from the same draws: %s', async (_name, settings, hash) => {
    const random = createRandom(7, 'augmentation', 1);
    expect(await sha256Hex(new Uint8Array(augmentPixels(pixels, size, settings, random)))).toBe(hash);
    expect(random.next()).toBe(0.6559752463363111);
  });
});

describe('augmentPixels under any settings', () => {
  const size = 9;
  const strength = fc.double({ min: 0, max: 1, noNaN: true });
  const anySettings: fc.Arbitrary<AugmentationSettings> = fc.record({
    horizontalFlip: fc.boolean(),
    verticalFlip: fc.boolean(),
    quarterTurns: fc.boolean(),
    brightness: strength,
    saturation: strength,
    rotationDegrees: strength.map((share) => 180 * share),
    scaleChangeRatio: strength.map((share) => 0.99 * share),
    shearDegrees: strength.map((share) => 45 * share),
    autoAugment: fc.boolean(),
    cutoutSideRatio: strength,
  });
  const anyImages = fc
    .array(fc.uint8Array({ minLength: size * size * 3, maxLength: size * size * 3 }), { minLength: 1, maxLength: 4 })
    .map((images) => Uint8Array.from(images.flatMap((image) => [...image])));

  it('the same seed gives the same pixels, as many as there were, and the input stays as it is', () => {
    fc.assert(
      fc.property(anySettings, anyImages, fc.integer(), (settings, pixels, seed) => {
        const before = [...pixels];
        const first = augmentPixels(pixels, size, settings, createRandom(seed));
        expect(first).toHaveLength(pixels.length);
        expect([...augmentPixels(pixels, size, settings, createRandom(seed))]).toEqual([...first]);
        expect([...pixels]).toEqual(before);
      }),
    );
  });

  it('with everything switched off the pixels stay, whatever the seed', () => {
    fc.assert(
      fc.property(anyImages, fc.integer(), (pixels, seed) => {
        expect([...augmentPixels(pixels, size, nothing, createRandom(seed))]).toEqual([...pixels]);
      }),
    );
  });

  it('every image stays in its place, so that its label fits: moved and cut, one colour stays that colour or black', () => {
    const colours = [10, 90, 170, 250];
    const pixels = Uint8Array.from(colours.flatMap((colour) => Array<number>(size * size * 3).fill(colour)));
    fc.assert(
      fc.property(anySettings, fc.integer(), (settings, seed) => {
        const moves = { ...settings, brightness: 0, saturation: 0, autoAugment: false };
        const result = augmentPixels(pixels, size, moves, createRandom(seed));
        for (const [image, colour] of colours.entries()) {
          const values = result.slice(image * size * size * 3, (image + 1) * size * size * 3);
          expect([...new Set(values)].filter((value) => value !== 0 && value !== colour)).toEqual([]);
        }
      }),
    );
  });

  it("the authors' list changes nearly every image, and each in its own way", () => {
    const image = Uint8Array.from({ length: size * size * 3 }, (_, i) => 40 + ((i * 7) % 160));
    const pixels = Uint8Array.from(Array.from({ length: 50 }, () => [...image]).flat());
    const result = augmentPixels(pixels, size, authorsAugmentation.settings, createRandom(1));
    const variants = new Set(
      Array.from({ length: 50 }, (_, i) => result.slice(i * image.length, (i + 1) * image.length).join()),
    );
    expect(variants.size).toBe(50);
    expect(variants.has(image.join())).toBe(false);
  });

  it("the authors' list keeps giving the bytes that it gave when it was built", async () => {
    // Recorded from this code, so that results which name the preset and a seed can be repeated.
    const pixels = Uint8Array.from({ length: 200 * size * size * 3 }, (_, i) => (i * 73 + (i >> 5) * 29) & 255);
    const result = augmentPixels(pixels, size, authorsAugmentation.settings, createRandom(7, 'augmentation', 1));
    expect(await sha256Hex(new Uint8Array(result))).toBe(
      '1b0a3e0117883c7700948631d679b74aec05d804a75900f0f30d9fdc9615ade7',
    );
  });
});
