import type { ChannelScores } from '../../../snnl/snnlOptions';
import { prunedCount } from '../../charts/prunedCount';
import { useLab, useLabActions } from '../../store/LabProvider';
import { useSilentChannels } from './useSilentChannels';

interface Cut {
  count: number;
  /** Channels that the cut divides: those that are not silenced. */
  channelCount: number;
  setCount(count: number): void;
}

/** The cut as a number of channels, on the same setting as pr_c. */
export function useCut({ layer, scores }: ChannelScores): Cut {
  const pruning = useLab(({ settings }) => settings.run.pruning);
  const silent = useSilentChannels(layer);
  const { changeRun } = useLabActions();
  const channelCount = scores.length - silent.length;
  return {
    count: prunedCount(pruning, channelCount, scores.length),
    channelCount,
    setCount: (count) => {
      const within = Math.min(Math.max(1, Math.round(count)), Math.max(1, channelCount - 1));
      const whole = pruning.rounding === 'of-original' ? scores.length : channelCount;
      changeRun({ pruning: { ...pruning, ratio: within / whole } });
    },
  };
}
