import { describeBytes } from '../foundation/describeBytes';
import { LabError } from '../foundation/labError';
import type { LabModel } from '../model/labModel';
import { summarizeModel } from '../model/summarizeModel';
import { roomAdvice } from '../recipe/describeForecast';
import { forecastStorage, judgeRoom } from '../recipe/forecastStorage';
import type { RunConfig } from '../recipe/runConfig';
import type { EngineHost } from './engineHost';
import { roomLeft } from './protocol/roomLeft';

/**
 * Refuses a run whose models clearly cannot be stored, so that hours of it are not lost to a full disk.
 * @throws LabError `quota-exceeded`; never where the host does not say how much room there is
 */
export async function checkRoom(
  config: RunConfig,
  unpruned: LabModel,
  { storage }: Pick<EngineHost, 'storage'>,
): Promise<void> {
  const freeBytes = roomLeft((await storage?.()) ?? null);
  if (freeBytes === null) return;
  const { parameters } = summarizeModel(unpruned, { batchSize: 1 });
  const forecast = forecastStorage(config, parameters);
  if (judgeRoom(forecast, freeBytes) !== 'too-little') return;
  const bytes = forecast.modelBytes + forecast.checkpointBytes;
  throw new LabError({
    code: 'quota-exceeded',
    stage: 'checking the room that is left',
    message: `${config.pruning.rounds} rounds of ${config.arms.length} arms store up to ${describeBytes(bytes)}, and ${describeBytes(freeBytes)} are free.`,
    hint: roomAdvice,
    details: { bytes, freeBytes },
  });
}
