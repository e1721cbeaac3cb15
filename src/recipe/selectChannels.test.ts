import { describe, expect, it } from 'vitest';
import golden from '../testing/golden/prune_select.json';
import { chooseChannels, countToPrune, selectLowest } from './selectChannels';

describe('countToPrune', () => {
  const wide = golden.counts.filter(({ channels }) => channels > 2);

  it.each(wide)(
    'rounds $ratio of $channels as the vectors do',
    ({ channels, ratio, floor, round, ceil, max1round }) => {
      const count = (rounding: Parameters<typeof countToPrune>[0]['rounding']) =>
        countToPrune({ channels, originalChannels: channels, ratio, rounding });
      expect(count('floor')).toBe(Math.max(1, floor));
      expect(count('half-up')).toBe(Math.max(1, round));
      expect(count('half-up')).toBe(max1round);
      expect(count('ceil')).toBe(Math.max(1, ceil));
      expect(count('of-original')).toBe(max1round);
    },
  );

  it('prunes half up of the channels now, or of those at the start: 2 % of 490 and of 512', () => {
    const later = { channels: 462, originalChannels: 512, ratio: 0.02 };
    expect(countToPrune({ ...later, rounding: 'half-up' })).toBe(9);
    expect(countToPrune({ ...later, rounding: 'of-original' })).toBe(10);
  });

  it('is not moved by binary rounding: 29 % of 100 is 29', () => {
    expect(countToPrune({ channels: 100, originalChannels: 100, ratio: 0.29, rounding: 'floor' })).toBe(29);
    expect(countToPrune({ channels: 100, originalChannels: 100, ratio: 0.07, rounding: 'ceil' })).toBe(7);
  });

  it.each([
    { channels: 1, ratio: 0.02 },
    { channels: 3, ratio: 0.9 },
  ])('refuses to prune the last channel ($ratio of $channels)', ({ channels, ratio }) => {
    expect(() => countToPrune({ channels, originalChannels: channels, ratio, rounding: 'half-up' })).toThrow(
      expect.objectContaining({ code: 'last-channel' }),
    );
  });
});

describe('selectLowest', () => {
  it.each(golden.select)('selects as the vectors do: $id', ({ scores, n, pruned }) => {
    expect(selectLowest(scores, n)).toEqual(pruned);
  });

  it.each(golden.iterativeStructural)('keeps original numbers through rounds of real pruning: $id', (run) => {
    let original = Array.from({ length: run.channels }, (_, channel) => channel);
    for (const round of run.rounds) {
      const facts = { channels: original.length, originalChannels: run.channels, ratio: run.ratio };
      expect(countToPrune({ ...facts, rounding: 'half-up' })).toBe(round.nOfCurrentWidth);
      const pruned = selectLowest(round.scores, round.n);
      expect(pruned).toEqual(round.prunedLocal);
      expect(pruned.map((channel) => original[channel])).toEqual(round.prunedOriginal);
      original = original.filter((_, channel) => !pruned.includes(channel));
      expect(original).toEqual(round.keptOriginal);
    }
  });

  it.each(golden.iterativeMasked)('never selects a channel again that is masked as NaN: $id', (run) => {
    const masked: number[] = [];
    for (const round of run.rounds) {
      const values = round.scores.map((score, channel) => (masked.includes(channel) ? Number.NaN : score));
      const pruned = selectLowest(values, round.n);
      expect(pruned).toEqual(round.pruned);
      masked.push(...pruned);
      expect([...masked].sort((a, b) => a - b)).toEqual(round.maskedAfter);
    }
  });

  it('refuses when fewer channels have a score than are to be pruned', () => {
    expect(() => selectLowest([Number.NaN, 1, Number.NaN], 2)).toThrow(expect.objectContaining({ code: 'no-score' }));
  });
});

describe('chooseChannels', () => {
  const half = { originalChannels: 6, ratio: 0.5, rounding: 'half-up' as const };
  const values = [0.4, 0.1, Number.NaN, Number.NEGATIVE_INFINITY, 0.3, 0.2];

  it('takes the share of all channels, from those with a finite value', () => {
    // 3 of 6; without a value are 2 and 3, lowest of the rest are 1, 5 and 4.
    expect(chooseChannels({ values, silent: [] }, half)).toEqual([1, 4, 5]);
  });

  it('counts a silenced channel no more, and does not choose it again', () => {
    // 5 are left, of which half up are 3: 1 is silenced, lowest of the rest are 5, 4 and 0.
    expect(chooseChannels({ values, silent: [1] }, half)).toEqual([0, 4, 5]);
  });

  it('refuses to take the last channel that is not silenced', () => {
    expect(() => chooseChannels({ values, silent: [0, 1, 2, 3, 4] }, half)).toThrow(
      expect.objectContaining({ code: 'last-channel' }),
    );
  });

  it('refuses where too few channels have a finite value', () => {
    expect(() =>
      chooseChannels({ values: [0.1, Number.POSITIVE_INFINITY, Number.NaN, Number.NaN], silent: [] }, half),
    ).toThrow(expect.objectContaining({ code: 'no-score' }));
  });
});
