import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';

const none: number[] = [];

/** Positions of a layer's channels that masks hold at zero in the model that is open. */
export function useSilentChannels(layer: string | null): readonly number[] {
  return useLab(({ stages }) => (layer === null ? none : (stageResult(stages.model)?.silentChannels?.[layer] ?? none)));
}
