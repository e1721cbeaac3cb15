import { describe, expect, it } from 'vitest';
import golden from '../testing/golden/prune_select.json';
import { countToPrune, selectLowest } from './selectChannels';

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
