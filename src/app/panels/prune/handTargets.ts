import { LabError } from '../../../foundation/labError';
import { parseChannelList, positionsOf } from '../../../model/channelNumbers';
import type { PruningTargets } from '../../../model/labModel';
import type { ModelSummary } from '../../../model/modelSummary';

/** A layer and its channels as the user types them. */
export interface HandRow {
  layer: string;
  channels: string;
}

/** What rows ask for: the targets, or the first thing that is wrong. Rows without channels ask for nothing. */
export function handTargets(
  model: ModelSummary,
  rows: readonly HandRow[],
): { targets: PruningTargets; problem: string | null } {
  const channels: Record<string, number[]> = {};
  try {
    for (const { layer, channels: text } of rows) {
      if (text.trim() === '') continue;
      channels[layer] = [...new Set([...(channels[layer] ?? []), ...parseChannelList(text)])].toSorted((a, b) => a - b);
    }
    return { targets: positionsOf(model, channels), problem: null };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    return { targets: {}, problem: `${error.message} ${error.hint}` };
  }
}
