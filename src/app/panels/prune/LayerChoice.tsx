import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { chosenLayer } from '../../store/targetLayer';
import { Choice } from '../../ui/Choice';

/** The layer to score and prune. Nothing is shown while there is none. */
export function LayerChoice() {
  const model = useLab(({ stages }) => stageResult(stages.model));
  const run = useLab(({ settings }) => settings.run);
  const isBusy = useIsBusy();
  const { changeRun } = useLabActions();
  const layer = model ? chosenLayer(model, run) : null;
  if (!model || layer === null) return null;
  const prunable = model.layers.filter((candidate) => candidate.prunable);
  return (
    <Choice
      label="Layer"
      value={layer}
      options={prunable.map(({ name }) => ({ value: name, label: name }))}
      isDisabled={isBusy}
      onChange={(name) => changeRun({ layer: name })}
    />
  );
}
