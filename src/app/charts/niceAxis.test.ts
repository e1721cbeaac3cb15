import { describe, expect, it } from 'vitest';
import { niceAxis, wholeAxis } from './niceAxis';

describe('niceAxis', () => {
  it('covers the values with round steps', () => {
    expect(niceAxis([0.13, 0.47])).toEqual({ domain: [0.1, 0.5], ticks: [0.1, 0.2, 0.3, 0.4, 0.5] });
    expect(niceAxis([-0.05, 0.11])).toEqual({ domain: [-0.05, 0.15], ticks: [-0.05, 0, 0.05, 0.1, 0.15] });
  });
  it('gives a single value room', () => {
    const { domain } = niceAxis([2]);
    expect(domain[0]).toBeLessThanOrEqual(2);
    expect(domain[1]).toBeGreaterThan(domain[0]);
  });
  it('passes over what is not finite', () => {
    expect(niceAxis([Number.NaN, 0, 1]).domain).toEqual([0, 1]);
    expect(niceAxis([]).domain).toEqual([0, 1]);
  });
});

it('wholeAxis names every round while there are few', () => {
  expect(wholeAxis(0, 3).ticks).toEqual([0, 1, 2, 3]);
  expect(wholeAxis(0, 40).ticks).toEqual([0, 10, 20, 30, 40]);
  expect(wholeAxis(1, 24).ticks).toEqual([1, 5, 10, 15, 20]);
});
