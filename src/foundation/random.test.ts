import { describe, expect, it } from 'vitest';
import { createRandom } from './random';

describe('seeded random numbers', () => {
  it('repeat for the same seed and purpose, and differ for another of either', () => {
    const take = (seed: number, ...purpose: string[]) => Array.from({ length: 5 }, createRandom(seed, ...purpose).next);
    expect(take(1, 'a')).toEqual(take(1, 'a'));
    expect(take(1, 'a')).not.toEqual(take(2, 'a'));
    expect(take(1, 'a')).not.toEqual(take(1, 'b'));
  });

  it('are uniform: 10,000 numbers have mean 1/2 and variance 1/12 within five standard errors', () => {
    const random = createRandom(7);
    const values = Array.from({ length: 10_000 }, random.next);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / 10_000));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / 10_000));
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it('normal numbers have mean 0 and variance 1 within five standard errors', () => {
    const random = createRandom(8);
    const values = Array.from({ length: 10_000 }, random.normal);
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((a, b) => a + b * b, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / 10_000));
  });

  it('neighbouring seeds give unrelated first numbers', () => {
    const first = Array.from({ length: 1000 }, (_, seed) => createRandom(seed, 'x').next());
    const mean = first.reduce((a, b) => a + b) / first.length;
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / 1000));
    expect(new Set(first).size).toBeGreaterThan(990);
  });

  it('shuffled keeps the items and leaves the input alone', () => {
    const items = [1, 2, 3, 4, 5];
    const shuffled = createRandom(1).shuffled(items);
    expect(shuffled.toSorted((a, b) => a - b)).toEqual(items);
    expect(items).toEqual([1, 2, 3, 4, 5]);
  });
});
