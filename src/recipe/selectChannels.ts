import { LabError } from '../foundation/labError';
import type { RunConfig } from './runConfig';

/** Share × channels is a decimal number of the user's; what binary rounding adds must not move it over an integer. */
const roundingSlack = 1e-9;

/** A layer as it stands before a round: what its channels are pruned by, and which of them are silenced already. */
export interface ChannelValues {
  /** One per channel, lowest first to go; what is no finite number is no value. */
  values: ArrayLike<number>;
  /** Positions of the channels that masks hold at zero. */
  silent: Iterable<number>;
}

/**
 * The channels that a round prunes: the one place that decides it, for runs, the page and the command line. A silenced
 * channel counts neither as one of the layer nor is it chosen again; a channel without a finite value counts, but is not
 * chosen.
 *
 * @returns positions, ascending
 * @throws LabError `last-channel`, `no-score`
 */
export function chooseChannels({ values, silent }: ChannelValues, settings: Omit<PruningTarget, 'channels'>): number[] {
  const silenced = new Set(silent);
  const audible = Array.from(values, (value, channel) => (silenced.has(channel) ? Number.NaN : value));
  return selectLowest(audible, countToPrune({ ...settings, channels: audible.length - silenced.size }));
}

/** A layer and the settings that say how much of it a round prunes. */
export interface PruningTarget {
  /** Channels of the layer that are not silenced, ≥ 1. */
  channels: number;
  /** Channels before the first round. */
  originalChannels: number;
  /** pr_c, 0 to 1. */
  ratio: number;
  rounding: RunConfig['pruning']['rounding'];
}

/**
 * How many channels a round prunes: round(pr_c × channels), at least 1.
 *
 * The paper does not say how it rounds (2 % of 512 is 10.24), so the choice is a setting: `half-up`, `floor` and `ceil`
 * of the channels there are now, or `of-original`, half up of the channels there were before the first round.
 *
 * @throws LabError `last-channel` when no channel would be left
 */
export function countToPrune(target: PruningTarget): number {
  const { channels, ratio } = target;
  const count = countWanted(target);
  if (count >= channels) {
    throw new LabError({
      code: 'last-channel',
      stage: 'selecting channels',
      message: `Pruning ${count} of ${channels} channels would leave none: a layer keeps at least one.`,
      hint: 'Lower the pruning ratio or the number of rounds, or choose a wider layer.',
      details: { channels, count, ratio },
    });
  }
  return count;
}

/** What the settings ask for, whether or not a channel would be left: at least 1. */
export function countWanted({ channels, originalChannels, ratio, rounding }: PruningTarget): number {
  return Math.max(1, round(ratio * (rounding === 'of-original' ? originalChannels : channels), rounding));
}

function round(share: number, rounding: RunConfig['pruning']['rounding']): number {
  if (rounding === 'floor') return Math.floor(share + roundingSlack);
  if (rounding === 'ceil') return Math.ceil(share - roundingSlack);
  return Math.floor(share + 0.5 + roundingSlack);
}

/**
 * The channels with the lowest values; on a tie the lower index first. A channel whose value is no finite number is never
 * selected: a record's file has no infinity, so that a resumed run could not tell it from no score.
 *
 * @param values one per channel
 * @param count how many to select
 * @returns `count` indices, ascending
 * @throws LabError `no-score` when fewer channels than that have a value
 */
export function selectLowest(values: ArrayLike<number>, count: number): number[] {
  const ranked = Array.from(values, (value, channel) => ({ value, channel }))
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : a.channel - b.channel));
  if (ranked.length < count) {
    throw new LabError({
      code: 'no-score',
      stage: 'selecting channels',
      message: `${count} channels are to be pruned, but only ${ranked.length} of ${values.length} have a score.`,
      hint: 'Check that the training split holds both groups, and that training has not diverged.',
      details: { count, scored: ranked.length, channels: values.length },
    });
  }
  return ranked
    .slice(0, count)
    .map(({ channel }) => channel)
    .sort((a, b) => a - b);
}
