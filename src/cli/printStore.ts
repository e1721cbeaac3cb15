import { roomLeft } from '../engine/protocol/roomLeft';
import type { ModelSummary } from '../model/modelSummary';
import { describeForecast } from '../recipe/describeForecast';
import { forecastStorage } from '../recipe/forecastStorage';
import type { RunConfig } from '../recipe/runConfig';
import type { OpenLab } from './openLab';
import type { Output } from './output';

/** Says what was put right in the store when it was opened. Nothing where all was well. */
export async function printRepairs(lab: OpenLab, output: Output): Promise<void> {
  const { repaired, runNotes } = await lab.run('listInventory', {});
  const sentences = [...repaired, ...runNotes];
  if (sentences.length === 0) return;
  output.event({ kind: 'storeRepaired', sentences });
  output.line(`The check of the store put right what was cut off or damaged: ${sentences.join(' ')}`);
}

/** Says what a run will store at most beside the room that is left, before it begins. */
export async function printForecast(
  lab: OpenLab,
  { parameters }: Pick<ModelSummary, 'parameters'>,
  run: RunConfig,
  output: Output,
): Promise<void> {
  const { storage } = await lab.run('listInventory', {});
  const forecast = forecastStorage(run, parameters);
  const freeBytes = roomLeft(storage);
  const { need, advice } = describeForecast(forecast, freeBytes);
  output.event({ kind: 'storageForecast', ...forecast, freeBytes });
  output.text(advice === null ? need : `${need} ${advice}`);
}
