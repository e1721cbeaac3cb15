import type { ModelSummary } from '../../../model/modelSummary';
import { forecastStorage, judgeRoom } from '../../../recipe/forecastStorage';
import { formatBytes } from '../../format/formatQuantity';
import { useLab } from '../../store/LabProvider';
import { Note } from '../../ui/Note';

const advice = {
  tight: ' That is tight: the run may end on a full disk. Its finished rounds would be kept.',
  'too-little': ' That cannot fit. Free room in the step Data (“What can be freed”), or use fewer rounds or arms.',
};

/** What the run will store at most, beside the room that is left. */
export function StorageNeed({ model }: { model: ModelSummary }) {
  const run = useLab(({ settings }) => settings.run);
  const storage = useLab(({ inventory }) => inventory.storage);
  const forecast = forecastStorage(run, model.parameters);
  const bytes = forecast.modelBytes + forecast.checkpointBytes;
  const need = `The run stores up to ${formatBytes(bytes)}: ${formatBytes(forecast.modelBytes)} for the models of its rounds, which stay, and ${formatBytes(forecast.checkpointBytes)} for checkpoints, which go.`;
  if (!storage) return <Note>{need}</Note>;
  const freeBytes = Math.max(0, storage.quotaBytes - storage.usedBytes);
  const room = judgeRoom(forecast, freeBytes);
  return (
    <Note>
      {need} {formatBytes(freeBytes)} are free.
      {room === 'enough' ? null : <strong>{advice[room]}</strong>}
    </Note>
  );
}
