import { prunedCount } from '../../charts/prunedCount';
import { useLab, useLabActions } from '../../store/LabProvider';

/** The cut as a number of channels, on the same setting as pr_c. */
export function useCut(channelCount: number): { count: number; setCount(count: number): void } {
  const pruning = useLab(({ settings }) => settings.run.pruning);
  const { changeRun } = useLabActions();
  return {
    count: prunedCount(pruning, channelCount, channelCount),
    setCount: (count) => {
      const within = Math.min(Math.max(1, Math.round(count)), Math.max(1, channelCount - 1));
      changeRun({ pruning: { ...pruning, ratio: within / channelCount } });
    },
  };
}
