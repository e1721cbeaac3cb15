import { roomLeft } from '../../../engine/protocol/roomLeft';
import type { ModelSummary } from '../../../model/modelSummary';
import { describeForecast } from '../../../recipe/describeForecast';
import { forecastStorage } from '../../../recipe/forecastStorage';
import { useLab } from '../../store/LabProvider';
import { Note } from '../../ui/Note';

/** What the run will store at most, beside the room that is left. */
export function StorageNeed({ model }: { model: ModelSummary }) {
  const run = useLab(({ settings }) => settings.run);
  const storage = useLab(({ inventory }) => inventory.storage);
  const { need, advice } = describeForecast(forecastStorage(run, model.parameters), roomLeft(storage));
  return (
    <Note>
      {need}
      {advice === null ? null : <strong> {advice}</strong>}
    </Note>
  );
}
