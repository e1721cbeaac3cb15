import { LabError } from '../foundation/labError';
import type { LabModel } from '../model/labModel';
import { summarizeModel } from '../model/summarizeModel';
import { forecastStorage, judgeRoom } from '../recipe/forecastStorage';
import type { RunConfig } from '../recipe/runConfig';
import type { EngineHost } from './engineHost';

const bytesPerMiB = 2 ** 20;

/**
 * Refuses a run whose models clearly cannot be stored, so that hours of it are not lost to a full disk.
 * @throws LabError `quota-exceeded`; never where the host does not say how much room there is
 */
export async function checkRoom(
  config: RunConfig,
  unpruned: LabModel,
  { storage }: Pick<EngineHost, 'storage'>,
): Promise<void> {
  const use = await storage?.();
  if (!use) return;
  const freeBytes = Math.max(0, use.quotaBytes - use.usedBytes);
  const { parameters } = summarizeModel(unpruned, { batchSize: 1 });
  const forecast = forecastStorage(config, parameters);
  if (judgeRoom(forecast, freeBytes) !== 'too-little') return;
  const bytes = forecast.modelBytes + forecast.checkpointBytes;
  throw new LabError({
    code: 'quota-exceeded',
    stage: 'checking the room that is left',
    message: `${config.pruning.rounds} rounds of ${config.arms.length} arms store up to ${toMiB(bytes)} MiB, and ${toMiB(freeBytes)} MiB are free.`,
    hint: 'Delete what the step Data lists under “What can be freed”, or use fewer rounds or arms.',
    details: { bytes, freeBytes },
  });
}

function toMiB(bytes: number): number {
  return Math.ceil(bytes / bytesPerMiB);
}
