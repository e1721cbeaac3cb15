import { describe, expect, it } from 'vitest';
import { createErrorTally } from './errorTally';

describe('createErrorTally', () => {
  it('keeps the largest error, relative to values above 1, and where it was', () => {
    const tally = createErrorTally(1e-3);
    tally.begin('first');
    tally.compare('a', [1.5, 200.1], [1.5, 200]);
    tally.begin('second');
    tally.compare('b', [0.1002], [0.1]);
    const { largestError, ...rest } = tally.summary();
    expect(largestError).toBeCloseTo(0.1 / 200, 12);
    expect(rest).toEqual({ cases: 2, tolerance: 1e-3, worst: 'first, a[1]', passed: true });
  });

  it('passes nothing that was not compared', () => {
    expect(createErrorTally(1).summary().passed).toBe(false);
  });

  it.each([
    ['a number where none is defined', [1], [Number.NaN]],
    ['nothing where a number is due', [Number.NaN], [1]],
    ['the other infinity', [Number.POSITIVE_INFINITY], [Number.NEGATIVE_INFINITY]],
    ['too few values', [1], [1, 1]],
    ['too many values', [1, 1], [1]],
  ])('fails %s', (_, found, expected) => {
    const tally = createErrorTally(1e9);
    tally.begin('case');
    tally.compare('field', found, expected);
    expect(tally.summary().passed).toBe(false);
  });

  it('takes the same undefined or infinite value for exact, at tolerance 0 too', () => {
    const tally = createErrorTally(0);
    tally.begin('case');
    tally.compare('field', [Number.NaN, Number.NEGATIVE_INFINITY, 3], [Number.NaN, Number.NEGATIVE_INFINITY, 3]);
    expect(tally.summary()).toMatchObject({ largestError: 0, passed: true });
  });

  it('scales the error of a field with a tolerance of its own', () => {
    const tally = createErrorTally(1e-5);
    tally.begin('case');
    tally.compare('loose', [1 + 5e-4], [1], 1e-3);
    expect(tally.summary().largestError).toBeCloseTo(5e-6, 12);
  });
});
