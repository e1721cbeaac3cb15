import type { RunConfig } from '../../recipe/runConfig';

/** What binary rounding adds to share × channels must not move it over an integer. */
const roundingSlack = 1e-9;

/**
 * How many channels one round prunes: the share rounded as the settings say, at least 1 and never the last channel.
 * @param channelsNow channels of the layer as it is, at least 1
 * @param channelsAtStart channels of the layer before the first round
 */
export function prunedCount(
  { ratio, rounding }: Pick<RunConfig['pruning'], 'ratio' | 'rounding'>,
  channelsNow: number,
  channelsAtStart: number,
): number {
  const share = ratio * (rounding === 'of-original' ? channelsAtStart : channelsNow);
  const whole =
    rounding === 'floor'
      ? Math.floor(share + roundingSlack)
      : rounding === 'ceil'
        ? Math.ceil(share - roundingSlack)
        : Math.floor(share + 0.5 + roundingSlack);
  return Math.min(Math.max(1, whole), Math.max(0, channelsNow - 1));
}
