import { type RunConfig, storedRunConfigSchema } from '../../recipe/runConfig';
import type { LabState } from './labState';
import { stageResult } from './stage';
import { chosenLayer } from './targetLayer';

/**
 * Whether the run that is shown was made from other data, another model or other settings than those that are open, whatever
 * became of the jobs since. With no data and no model open there is nothing that it could differ from.
 */
export function isRecordStale({ record, stages, settings }: LabState): boolean {
  const [data, model] = [stageResult(stages.data), stageResult(stages.model)];
  if (!record || (!data && !model)) return false;
  if (data?.id !== record.dataset.id || model?.id !== record.model.id) return true;
  return (
    chosenLayer(model, settings.run) !== record.layer || settingsText(settings.run) !== settingsText(record.config)
  );
}

/** All settings but the layer, in one order: a record from a file has its fields in another. */
function settingsText(settings: RunConfig): string {
  return JSON.stringify(storedRunConfigSchema.safeParse({ ...settings, layer: null }).data);
}
