import { describe, expect, it } from 'vitest';
import { sineAndCosine } from './sineAndCosine';

describe('sineAndCosine', () => {
  it.each([
    [0, 0, 1],
    [90, 1, 0],
    [180, 0, -1],
    [270, -1, 0],
    [360, 0, 1],
    [-90, -1, 0],
    [-180, 0, -1],
  ])('is exact at %i°', (degrees, sine, cosine) => {
    const found = sineAndCosine(degrees);
    // Adding 0 turns -0 into 0.
    expect([found.sine + 0, found.cosine + 0]).toEqual([sine, cosine]);
  });

  it('agrees with the built-in functions to 1e-15 everywhere else', () => {
    for (let degrees = -180; degrees <= 180; degrees += 0.37) {
      const { sine, cosine } = sineAndCosine(degrees);
      expect(Math.abs(sine - Math.sin((degrees * Math.PI) / 180))).toBeLessThan(1e-15);
      expect(Math.abs(cosine - Math.cos((degrees * Math.PI) / 180))).toBeLessThan(1e-15);
    }
  });
});
