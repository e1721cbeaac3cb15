import { describe, expect, it } from 'vitest';
import { median, readRow } from './readRow';

describe('median', () => {
  it('is the middle value of an odd count and the mean of the two middle ones of an even count', () => {
    expect(median([5, 1, 30])).toBe(5);
    expect(median([4, 1, 2, 90])).toBe(3);
    expect(median([7])).toBe(7);
  });
});

describe('readRow', () => {
  const times = { ours: [10, 20, 60], theirs: [20, 60, 60] };

  it('takes the median of the quotients of each round, not the quotient of the medians', () => {
    // 20/10 = 2, 60/20 = 3, 60/60 = 1
    const plan = { name: 'faster', over: 'theirs', under: 'ours', bar: { atLeast: 2 } };
    expect(readRow(plan, times)).toEqual({ name: 'faster', ratio: 2, bar: { atLeast: 2 }, ok: true });
  });

  it('scales the ratio before it meets the bar', () => {
    const row = readRow({ name: 'share', over: 'ours', under: 'theirs', scale: 1.25, bar: { atMost: 0.6 } }, times);
    expect(row).toMatchObject({ ratio: 0.625, ok: false });
  });

  it('judges nothing without a bar', () => {
    expect(readRow({ name: 'information', over: 'ours', under: 'theirs', bar: null }, times).ok).toBeNull();
  });
});
