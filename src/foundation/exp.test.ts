import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { exp } from './exp';

it('gives the values that tables of eˣ have, to the last digit but one', () => {
  expect(exp(0)).toBe(1);
  for (const [x, value] of [
    [1, 2.718281828459045],
    [-1, 0.36787944117144233],
    [10, 22026.465794806718],
  ] as const) {
    expect(Math.abs(exp(x) / value - 1)).toBeLessThanOrEqual(2 ** -52);
  }
  expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
  expect(exp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(Number.NaN)).toBeNaN();
  expect(exp(710)).toBe(Number.POSITIVE_INFINITY);
  expect(exp(-746)).toBe(0);
});

it('is within two units in the last place of the engine’s own, wherever a double holds the value', () => {
  fc.assert(
    fc.property(fc.double({ min: -708, max: 709, noNaN: true }), (x) => {
      const own = Math.exp(x);
      expect(Math.abs(exp(x) - own)).toBeLessThanOrEqual(2 * 2 ** (Math.floor(Math.log2(own)) - 52));
    }),
    { numRuns: 5000 },
  );
});
