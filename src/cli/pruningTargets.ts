import Papa from 'papaparse';
import { LabError } from '../foundation/labError';
import { parseChannelList } from '../model/channelNumbers';

/**
 * Reads `--channels`: `1,5,9-12` of the layer given, or `conv8=1,5;conv3=0` of several layers.
 * @returns first numbers of the channels per layer
 * @throws LabError `config-invalid`
 */
export function parseChannels(text: string, layer: string | null): Record<string, number[]> {
  if (!text.includes('=')) {
    if (layer === null) throw unclear(text, 'Name the layer with --layer.');
    return { [layer]: parseChannelList(text) };
  }
  const parts = text.split(';').map((part) => {
    const at = part.lastIndexOf('=');
    if (at < 1) throw unclear(part, 'Write each layer as NAME=1,5,9, with a semicolon between layers.');
    return [part.slice(0, at).trim(), parseChannelList(part.slice(at + 1))] as const;
  });
  return Object.fromEntries(parts);
}

function unclear(text: string, hint: string): LabError {
  return new LabError({ code: 'config-invalid', message: `--channels: "${text}" is not clear.`, hint });
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
