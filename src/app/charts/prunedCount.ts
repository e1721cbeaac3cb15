import type { RunConfig } from '../../recipe/runConfig';
import { countWanted } from '../../recipe/selectChannels';

/**
 * How many channels the page shows as selected: what a round would prune, and never the last channel.
 * @param channelsNow channels of the layer as it is, at least 1
 * @param channelsAtStart channels of the layer before the first round
 */
export function prunedCount(
  { ratio, rounding }: Pick<RunConfig['pruning'], 'ratio' | 'rounding'>,
  channelsNow: number,
  channelsAtStart: number,
): number {
  const wanted = countWanted({ channels: channelsNow, originalChannels: channelsAtStart, ratio, rounding });
  return Math.min(wanted, Math.max(0, channelsNow - 1));
}
