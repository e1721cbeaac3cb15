import type { ChannelScores } from '../../snnl/snnlOptions';

/** One channel in the order of its score. */
export interface RankedChannel {
  /** 1 = lowest score = pruned first. */
  rank: number;
  /** Position in the layer as it is now. */
  position: number;
  /** Index in the model that the run started with. */
  originalChannel: number;
  score: number;
  standardError: number | null;
}

/**
 * Channels that can be pruned, lowest score first, ties by position: those that have a score and are not silenced already.
 * The first of them are those that `chooseChannels` takes.
 */
export function rankChannels(
  { scores, standardErrors, originalChannels }: ChannelScores,
  silent: readonly number[] = [],
): RankedChannel[] {
  return scores
    .map((score, position) => ({
      position,
      score,
      originalChannel: originalChannels[position] ?? position,
      standardError: standardErrors[position] ?? null,
    }))
    .filter(({ score, position }) => Number.isFinite(score) && !silent.includes(position))
    .sort((a, b) => a.score - b.score || a.position - b.position)
    .map((channel, index) => ({ rank: index + 1, ...channel }));
}

/** One bar of the histogram: scores in [low, high), the last bar with its upper edge. */
export interface HistogramBin {
  low: number;
  high: number;
  count: number;
  /** How many of them the cut selects. */
  selectedCount: number;
}

/**
 * Bars of equal width over the domain.
 * @param ranked lowest score first
 * @param selectedCount how many of the lowest are selected
 */
export function histogramBins(
  ranked: readonly { score: number }[],
  selectedCount: number,
  domain: readonly [number, number],
  binCount: number,
): HistogramBin[] {
  const [start, end] = domain;
  const width = (end - start) / binCount;
  const bins = Array.from({ length: binCount }, (_, index) => ({
    low: start + index * width,
    high: start + (index + 1) * width,
    count: 0,
    selectedCount: 0,
  }));
  ranked.forEach(({ score }, index) => {
    const bin = bins[Math.min(binCount - 1, Math.max(0, Math.floor((score - start) / width)))]!;
    bin.count += 1;
    if (index < selectedCount) bin.selectedCount += 1;
  });
  return bins;
}

/** Score at which the cut line stands: half way between the last channel selected and the first kept. */
export function cutScore(ranked: readonly { score: number }[], selectedCount: number): number {
  const last = ranked[selectedCount - 1]?.score ?? ranked[0]?.score ?? 0;
  const next = ranked[selectedCount]?.score ?? last;
  return (last + next) / 2;
}

/** How many channels lie below a score, at least 1 and never all. */
export function countBelow(ranked: readonly { score: number }[], score: number): number {
  const below = ranked.filter((channel) => channel.score <= score).length;
  return Math.min(Math.max(1, below), Math.max(1, ranked.length - 1));
}
