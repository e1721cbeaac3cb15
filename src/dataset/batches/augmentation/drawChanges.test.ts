import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../foundation/random';
import { authorsAugmentation, labAugmentation, noAugmentation } from './augmentationPresets';
import { drawChanges } from './drawChanges';

/** Gives the listed numbers in turn and counts them. */
function scripted(...numbers: number[]): Random & { drawn: () => number } {
  let at = 0;
  const next = () => numbers[at++ % numbers.length]!;
  return { ...createRandom(1), next, integer: (bound) => Math.floor(next() * bound), drawn: () => at };
}

describe('drawChanges', () => {
  it('draws five numbers when only flips, quarter turns and colours may change', () => {
    for (const { settings } of [noAugmentation, labAugmentation]) {
      const random = scripted(0.3);
      drawChanges(settings, 64, random);
      expect(random.drawn()).toBe(5);
    }
  });

  it.each([
    { rotationDegrees: 1 },
    { scaleChangeRatio: 0.1 },
    { shearDegrees: 1 },
    { autoAugment: true },
    { cutoutSideRatio: 0.1 },
  ])('draws fifteen with %j', (change) => {
    const random = scripted(0.3);
    drawChanges({ ...noAugmentation.settings, ...change }, 64, random);
    expect(random.drawn()).toBe(15);
  });

  it('gives each number to the change that the order names', () => {
    // mirror x, mirror y, turns, brightness, saturation, rotation, scale, shear, policy 3 of 25, step 1: done, place,
    // step 2: not done, place, cutout x, y
    const random = scripted(0.4, 0.6, 0.9, 0.75, 0.25, 0.75, 0.25, 0.875, 0.13, 0.49, 0.5, 0.7, 0.5, 0.25, 0.75);
    const changes = drawChanges(authorsAugmentation.settings, 128, random);
    expect(changes.movement).toEqual({
      mirrorX: true,
      mirrorY: false,
      quarterTurns: 0,
      rotationDegrees: 90,
      scale: 0.9,
      shearDegrees: 7.5,
    });
    expect(changes.brightness).toBeCloseTo(1 + 16 / 255, 12);
    expect(changes.saturation).toBeCloseTo(0.75, 12);
    // Policy 3: ShearY with probability 0.5 at level 8, 0.18 … 0.24; TranslateY with probability 0.7, not below 0.7.
    expect(changes.operations).toEqual([{ name: 'ShearY', strength: expect.closeTo(0.21, 12) as number }]);
    expect(changes.cutout).toEqual({ x: 32, y: 96, reach: 8 });
  });

  it('stays in the ranges of the settings and uses them up', () => {
    const random = createRandom(5);
    const drawn = Array.from({ length: 4000 }, () => drawChanges(authorsAugmentation.settings, 64, random));
    const range = (values: number[]) => [Math.min(...values), Math.max(...values)] as const;
    const expectRange = (values: number[], low: number, high: number) => {
      const [least, most] = range(values);
      const margin = (high - low) / 100;
      expect(least).toBeGreaterThanOrEqual(low);
      expect(least).toBeLessThan(low + margin);
      expect(most).toBeLessThanOrEqual(high);
      expect(most).toBeGreaterThan(high - margin);
    };
    const movements = drawn.map(({ movement }) => movement);
    expectRange(
      movements.map(({ rotationDegrees }) => rotationDegrees),
      -180,
      180,
    );
    expectRange(
      movements.map(({ scale }) => scale),
      0.8,
      1.2,
    );
    expectRange(
      movements.map(({ shearDegrees }) => shearDegrees),
      -10,
      10,
    );
    expectRange(
      drawn.map(({ brightness }) => brightness),
      1 - 32 / 255,
      1 + 32 / 255,
    );
    expectRange(
      drawn.map(({ saturation }) => saturation),
      0.5,
      1.5,
    );
    expect(range(drawn.map(({ cutout }) => cutout.x))).toEqual([0, 63]);
    expect(range(drawn.map(({ cutout }) => cutout.y))).toEqual([0, 63]);
    expect(new Set(drawn.flatMap(({ operations }) => operations.map(({ name }) => name))).size).toBe(13);
  });

  it('leaves the other changes as they were when one of the later ones is switched off', () => {
    const settings = authorsAugmentation.settings;
    const all = drawChanges(settings, 64, createRandom(9));
    const withoutRotation = drawChanges({ ...settings, rotationDegrees: 0 }, 64, createRandom(9));
    expect(withoutRotation).toEqual({
      ...all,
      movement: { ...all.movement, rotationDegrees: expect.closeTo(0) as number },
    });
    const withoutPolicy = drawChanges({ ...settings, autoAugment: false }, 64, createRandom(9));
    expect(withoutPolicy).toEqual({ ...all, operations: [] });
    const withoutCutout = drawChanges({ ...settings, cutoutSideRatio: 0 }, 64, createRandom(9));
    expect(withoutCutout).toEqual({ ...all, cutout: { ...all.cutout, reach: 0 } });
  });
});
