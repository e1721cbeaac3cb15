import { LabError } from '../foundation/labError';
import type { PruningTargets } from './labModel';
import type { ModelSummary } from './modelSummary';

/**
 * Reads a list of channels as a user writes it: `1,5,9-12`.
 * @throws LabError `config-invalid`
 */
export function parseChannelList(text: string): number[] {
  return text.split(',').flatMap((item) => {
    const match = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(item);
    const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
    if (!match || last < first || last > 1e6) {
      throw new LabError({
        code: 'config-invalid',
        message: `The channels "${item.trim()}" are not clear.`,
        hint: 'Write channels as whole numbers from 0, such as 1, 5, 9-12.',
      });
    }
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

/** Numbers as {@link parseChannelList} reads them, neighbours drawn together. */
export function writeChannelList(channels: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const channel of [...channels].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && channel <= last[1] + 1) last[1] = channel;
    else runs.push([channel, channel]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
}

/** First numbers of a layer's channels, in the order in which they are now. @throws LabError `layer-not-found` */
export function firstNumbers(model: ModelSummary, layer: string): number[] {
  const found = model.layers.find(({ name }) => name === layer);
  if (!found) {
    throw new LabError({
      code: 'layer-not-found',
      message: `"${model.name}" has no layer "${layer}".`,
      hint: `It can be pruned in: ${model.layers.flatMap(({ name, prunable }) => (prunable ? [name] : [])).join(', ')}.`,
      details: { layer },
    });
  }
  const count = found.outputShape.at(-1) ?? 0;
  return model.originalChannels[layer] ?? Array.from({ length: count }, (_, channel) => channel);
}

/**
 * Positions of channels that are named by their first numbers.
 * @throws LabError `layer-not-found`; `channel-out-of-range` when one is not there, or not there any more
 */
export function positionsOf(model: ModelSummary, channels: Record<string, readonly number[]>): PruningTargets {
  return Object.fromEntries(
    Object.entries(channels).map(([layer, numbers]) => {
      const places = new Map(firstNumbers(model, layer).map((number, position) => [number, position]));
      const missing = numbers.find((number) => !places.has(number));
      if (missing !== undefined) {
        throw new LabError({
          code: 'channel-out-of-range',
          message: `The layer "${layer}" has no channel ${missing}.`,
          hint: 'Channels keep the numbers that they had before the first pruning; those that were removed are not there any more.',
          details: { layer, channel: missing },
        });
      }
      return [layer, numbers.map((number) => places.get(number)!)];
    }),
  );
}
