import { describe, expect, it } from 'vitest';
import { boundedList, boundedMap, boundedNumber, nameSchema } from './boundedSchema';
import { type Bound, bounds, describeBound, isWithin, longestList, longestName, rangeOf } from './bounds';

const refusal = (
  schema: { safeParse(value: unknown): { error?: { issues: { message: string }[] } } },
  value: unknown,
) => schema.safeParse(value).error?.issues[0]?.message;

describe('a bound', () => {
  it.each<[string, Bound, number[], number[]]>([
    ['a whole number from 1 to 1000', bounds.rounds, [1, 1000], [0, 1001, 1.5, Number.NaN]],
    ['a number above 0 and at most 10', bounds.learningRate, [1e-9, 10], [0, 10.1, Number.POSITIVE_INFINITY]],
    ['a number above 0 and below 1', bounds.level, [0.95], [0, 1]],
    ['a number from 0 to below 1', bounds.dropout, [0, 0.999], [1, -0.1]],
    ['a number from -1 to 1', bounds.fairnessGain, [-1, 1], [1.01]],
  ])('%s', (words, bound, inside, outside) => {
    expect(describeBound(bound)).toBe(words);
    for (const value of inside) expect(refusal(boundedNumber(bound), value)).toBeUndefined();
    for (const value of outside) expect(refusal(boundedNumber(bound), value)).toBe(`must be ${words}, not ${value}`);
    expect([...inside, ...outside].filter((value) => isWithin(bound, value))).toEqual(inside);
  });

  it('a form takes what the schema does, a step away from an end that is never reached', () => {
    expect(rangeOf(bounds.rounds)).toEqual({ min: 1, max: 1000 });
    expect(rangeOf(bounds.width, 0.0625)).toEqual({ min: 0.0625, max: 4 });
    expect(rangeOf(bounds.labelSmoothing, 0.001)).toEqual({ min: 0, max: 0.999 });
  });

  it('a seed is a whole number that float64 holds', () => {
    expect(refusal(boundedNumber(bounds.seed), 2 ** 53)).toContain('must be a whole number');
    expect(refusal(boundedNumber(bounds.seed), -5)).toBeUndefined();
  });
});

describe('what is no number, and lists and names', () => {
  it('is said with what was given', () => {
    expect(refusal(boundedNumber(bounds.rounds), '3')).toBe('must be a whole number from 1 to 1000, not "3"');
    expect(refusal(boundedNumber(bounds.rounds), undefined)).toBe(
      'must be a whole number from 1 to 1000, not left out',
    );
  });

  it('have most entries and characters', () => {
    const list = boundedList(nameSchema, { least: 1, most: 2 });
    expect(refusal(list, ['a', 'b'])).toBeUndefined();
    expect(refusal(list, ['a', 'b', 'c'])).toBe('must have from 1 to 2 entries, not 3');
    expect(refusal(nameSchema, 'x'.repeat(longestName))).toBeUndefined();
    expect(refusal(nameSchema, 'x'.repeat(longestName + 1))).toBe('must have at most 4096 characters, not 4097');
    const map = Object.fromEntries(Array.from({ length: longestList + 1 }, (_, index) => [`k${index}`, 'v']));
    expect(refusal(boundedMap(nameSchema), map)).toBe('must have at most 100000 entries, not 100001');
  });
});
