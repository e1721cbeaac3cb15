import { prunedCount } from '../../charts/prunedCount';
import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { chosenLayer } from '../../store/targetLayer';

/** The layer that will be pruned, its channels, and how many the first round takes; null when there is no such layer. */
export function useTarget(): { layer: string; channelCount: number; count: number } | null {
  const model = useLab(({ stages }) => stageResult(stages.model));
  const run = useLab(({ settings }) => settings.run);
  if (!model) return null;
  const layer = chosenLayer(model, run);
  const channelCount = model.layers.find(({ name }) => name === layer)?.outputShape.at(-1);
  if (layer === null || channelCount === undefined) return null;
  return { layer, channelCount, count: prunedCount(run.pruning, channelCount, channelCount) };
}
