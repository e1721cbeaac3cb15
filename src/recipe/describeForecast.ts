import { describeBytes } from '../foundation/describeBytes';
import { judgeRoom, type RoomLeft, type StorageForecast } from './forecastStorage';

/** What to do where a run cannot be stored. */
export const roomAdvice = 'Free room (on the page the step Data lists what can be freed), or use fewer rounds or arms.';

const advice: Record<RoomLeft, string | null> = {
  enough: null,
  tight: 'That is tight: the run may end on a full disk. Its finished rounds would be kept.',
  'too-little': `That cannot fit. ${roomAdvice}`,
};

/**
 * What a run will store at most beside the room that is left, in sentences for the page and the command line.
 *
 * @param freeBytes null where nobody says it
 * @returns `advice` is null where there is nothing to be said
 */
export function describeForecast(
  forecast: StorageForecast,
  freeBytes: number | null,
): { need: string; advice: string | null } {
  const { modelBytes, checkpointBytes } = forecast;
  const need = `The run stores up to ${describeBytes(modelBytes + checkpointBytes)}: ${describeBytes(modelBytes)} for the models of its rounds, which stay, and ${describeBytes(checkpointBytes)} for checkpoints, which go.`;
  if (freeBytes === null) return { need, advice: null };
  return { need: `${need} ${describeBytes(freeBytes)} are free.`, advice: advice[judgeRoom(forecast, freeBytes)] };
}
