import { LabError } from '../../foundation/labError';

/**
 * Checks a choice of channels and puts it in order.
 *
 * @param channels positions in the layer as it is now, 0 … count - 1
 * @returns the positions, ascending, each once
 * @throws LabError `channel-out-of-range`
 */
export function checkChannels(layer: string, channels: readonly number[], count: number): number[] {
  const wrong = channels.find((channel) => !Number.isInteger(channel) || channel < 0 || channel >= count);
  if (wrong !== undefined) {
    throw new LabError({
      code: 'channel-out-of-range',
      message: `The layer "${layer}" has no channel ${wrong}: it has ${count} channels, counted from 0.`,
      hint: 'Score the layer again: the channels may have been counted before an earlier round of pruning.',
      details: { layer, channel: wrong, channels: count },
    });
  }
  return [...new Set(channels)].sort((a, b) => a - b);
}
