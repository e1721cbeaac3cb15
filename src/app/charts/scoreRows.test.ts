import { describe, expect, it } from 'vitest';
import { type ChannelScores, snnlPresets } from '../../snnl/snnlOptions';
import { countBelow, cutScore, histogramBins, rankChannels } from './scoreRows';

const scores: ChannelScores = {
  layer: 'conv2',
  scores: [0.5, 0.1, Number.NaN, 0.1, 0.9],
  standardErrors: [0.01, null, null, 0.02, 0.03],
  temperatures: [1, 1, 1, 1, 1],
  originalChannels: [0, 2, 3, 5, 6],
  batchesUsed: 2,
  batchesWithoutScore: 0,
  imagesUsed: 100,
  mapHeight: 4,
  mapWidth: 4,
  options: snnlPresets.paper,
};

describe('rankChannels', () => {
  it('puts the lowest first, ties by position, and leaves out channels without a score', () => {
    const ranked = rankChannels(scores);
    expect(ranked.map(({ position }) => position)).toEqual([1, 3, 0, 4]);
    expect(ranked[1]).toEqual({ rank: 2, position: 3, originalChannel: 5, score: 0.1, standardError: 0.02 });
  });
});

describe('histogramBins', () => {
  it('counts every channel once, the highest in the last bar', () => {
    const bins = histogramBins(rankChannels(scores), 2, [0, 0.9], 3);
    expect(bins.map(({ count }) => count)).toEqual([2, 1, 1]);
    expect(bins.map(({ selectedCount }) => selectedCount)).toEqual([2, 0, 0]);
    expect(bins[2]!.high).toBeCloseTo(0.9, 12);
  });
});

describe('the cut', () => {
  const ranked = [{ score: 1 }, { score: 2 }, { score: 4 }];
  it('stands between the last selected and the first kept', () => expect(cutScore(ranked, 2)).toBe(3));
  it('selects at least one and never all', () => {
    expect(countBelow(ranked, 0)).toBe(1);
    expect(countBelow(ranked, 2.5)).toBe(2);
    expect(countBelow(ranked, 99)).toBe(2);
  });
});
