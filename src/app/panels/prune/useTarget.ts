import { type LabErrorData, toErrorData } from '../../../foundation/labError';
import { chooseChannels } from '../../../recipe/selectChannels';
import type { ChannelScores } from '../../../snnl/snnlOptions';
import { prunedCount } from '../../charts/prunedCount';
import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { chosenLayer } from '../../store/targetLayer';

/** The layer that will be pruned: its channels that are not silenced, and how many the first round takes. */
interface Target {
  layer: string;
  channelCount: number;
  count: number;
  /** Positions of the channels that the first round takes by these scores; none, and why, where it could not. */
  choose(scores: ChannelScores): { chosen: number[]; error: LabErrorData | null };
}

/** Null when the model has no layer to prune. */
export function useTarget(): Target | null {
  const model = useLab(({ stages }) => stageResult(stages.model));
  const run = useLab(({ settings }) => settings.run);
  if (!model) return null;
  const layer = chosenLayer(model, run);
  const channels = model.layers.find(({ name }) => name === layer)?.outputShape.at(-1);
  if (layer === null || channels === undefined) return null;
  const silent = model.silentChannels?.[layer] ?? [];
  const channelCount = channels - silent.length;
  return {
    layer,
    channelCount,
    count: prunedCount(run.pruning, channelCount, channels),
    choose({ scores }) {
      try {
        const settings = { ...run.pruning, originalChannels: channels };
        return { chosen: chooseChannels({ values: scores, silent }, settings), error: null };
      } catch (error) {
        return { chosen: [], error: toErrorData(error, 'selecting channels') };
      }
    },
  };
}
