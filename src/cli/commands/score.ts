import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { LabError } from '../../foundation/labError';
import { type SnnlPreset, snnlPresets } from '../../snnl/snnlOptions';
import { type Command, exitCodes } from '../commandLine';
import { loadData, loadModel } from '../loadInputs';
import { formatColumns } from '../output';

const rowsShown = 10;

/** `lab score`: SNNL-Fair of every channel of a layer, lowest (pruned first) on top. */
export const score: Command = async (line) => {
  const preset = parsePreset(line.flags.preset ?? 'paper');
  const lab = await line.lab();
  const model = await loadModel(lab, line.flags.model ?? 'demo');
  const dataset = await loadData(line, {}, model.imageSize);
  const layer = line.flags.layer ?? model.defaultLayer;
  if (layer === null) {
    throw new LabError({
      code: 'layer-not-found',
      message: `"${model.name}" has no convolution that can be pruned.`,
      hint: 'Use another model.',
    });
  }
  const scores = await lab.run(
    'scoreChannels',
    {
      datasetId: dataset.id,
      modelId: model.id,
      layer,
      options: snnlPresets[preset],
      seed: Number(line.flags.seed ?? 1),
    },
    { listener: { progress: line.output.progress } },
  );
  line.output.event({ kind: 'scores', ...scores });
  const rows = scores.scores
    .map((value, channel) => ({
      channel: scores.originalChannels[channel]!,
      score: value,
      standard_error: scores.standardErrors[channel] ?? null,
      temperature: scores.temperatures[channel]!,
    }))
    .sort((a, b) => a.score - b.score);
  line.output.text(
    `${layer}: ${rows.length} channels, ${scores.imagesUsed} images in ${scores.batchesUsed} batches (${scores.batchesWithoutScore} with one group only left out), preset ${preset}.\nLow = the channel tells the groups apart.\n`,
  );
  line.output.text(
    formatColumns(
      ['channel', 'score', 'standard error', 'temperature'],
      rows
        .slice(0, rowsShown)
        .map((row) => [
          String(row.channel),
          row.score.toPrecision(5),
          row.standard_error?.toPrecision(2) ?? '–',
          row.temperature.toPrecision(4),
        ]),
    ),
  );
  if (rows.length > rowsShown) line.output.text(`… and ${rows.length - rowsShown} more; --out DIR writes all of them.`);
  if (line.flags.out !== undefined) {
    await mkdir(line.flags.out, { recursive: true });
    await writeFile(join(line.flags.out, 'scores.csv'), `${Papa.unparse(rows, { newline: '\n' })}\n`);
  }
  return exitCodes.ok;
};

function parsePreset(text: string): SnnlPreset {
  if (text === 'paper' || text === 'authors-code') return text;
  throw new LabError({
    code: 'config-invalid',
    message: `There is no preset "${text}".`,
    hint: 'Use --preset paper or --preset authors-code.',
  });
}
