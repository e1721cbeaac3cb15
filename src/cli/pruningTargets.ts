import Papa from 'papaparse';
import { LabError } from '../foundation/labError';
import type { ModelSummary, PruningTargets } from '../model/labModel';

/**
 * Reads `--channels`: `1,5,9-12` of the layer given, or `conv8=1,5;conv3=0` of several layers.
 * @returns first numbers of the channels per layer
 * @throws LabError `config-invalid`
 */
export function parseChannels(text: string, layer: string | null): Record<string, number[]> {
  if (!text.includes('=')) {
    if (layer === null) throw unclear(text, 'Name the layer with --layer.');
    return { [layer]: parseList(text) };
  }
  const parts = text.split(';').map((part) => {
    const at = part.lastIndexOf('=');
    if (at < 1) throw unclear(part, 'Write each layer as NAME=1,5,9, with a semicolon between layers.');
    return [part.slice(0, at).trim(), parseList(part.slice(at + 1))] as const;
  });
  return Object.fromEntries(parts);
}

function parseList(text: string): number[] {
  return text.split(',').flatMap((item) => {
    const match = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(item);
    const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
    if (!match || last < first) throw unclear(item, 'Write channels as whole numbers from 0, such as 1,5,9-12.');
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function unclear(text: string, hint: string): LabError {
  return new LabError({ code: 'config-invalid', message: `--channels: "${text}" is not clear.`, hint });
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
export function positionsOf(model: ModelSummary, channels: Record<string, number[]>): PruningTargets {
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

/**
 * Scores of a layer's channels from what `lab score --out` writes.
 * @param numbers first numbers of the layer's channels
 * @returns one score per channel; NaN where the file has none
 * @throws LabError `config-invalid` when the file is another one
 */
export function readScores(text: string, file: string, numbers: readonly number[]): number[] {
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  const fields = meta.fields ?? [];
  if (!fields.includes('channel') || !fields.includes('score') || fields.includes('arm')) {
    throw new LabError({
      code: 'config-invalid',
      message: `${file} is no table of one layer's scores: its columns are ${fields.join(', ') || 'none'}.`,
      hint: 'Give the scores.csv that "lab score --out DIR" writes, with the columns channel and score.',
      details: { file },
    });
  }
  const byChannel = new Map(data.map(({ channel, score }) => [Number(channel), score ? Number(score) : Number.NaN]));
  return numbers.map((number) => byChannel.get(number) ?? Number.NaN);
}
