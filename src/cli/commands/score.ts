import { bounds } from '../../foundation/bounds';
import { writeCsvOf } from '../../foundation/escape/writeCsv';
import { LabError } from '../../foundation/labError';
import { type SnnlPreset, snnlPresets } from '../../snnl/snnlOptions';
import { type Command, type CommandLine, exitCodes } from '../commandLine';
import { compareScores } from '../compareScores';
import { loadData, loadModel, requireInputs } from '../loadInputs';
import { parseModelOptions } from '../modelOptions';
import { formatColumns } from '../output';
import { parseWholeNumber } from '../parseWholeNumber';
import { printTrainingData } from '../printTrainingData';
import { makeOutputFolder, writeOutput } from '../writeOutput';

const rowsShown = 10;
const columns = ['channel', 'score', 'standard_error', 'temperature'] as const;

/** `lab score`: SNNL-Fair of every channel of a layer, lowest (pruned first) on top. */
export const score: Command = {
  wordCount: 0,
  flags: ['assume', 'backend', 'data', 'layer', 'model', 'out', 'preset', 'seed'],
  run: scoreLayer,
};

async function scoreLayer(line: CommandLine): Promise<number> {
  const { data, out } = line.flags;
  const preset = parsePreset(line.flags.preset ?? 'paper');
  const options = parseModelOptions({ assume: line.flags.assume });
  const seed = parseWholeNumber('seed', line.flags.seed ?? '1', bounds.seed);
  await requireInputs(data, line.flags.model);
  if (out !== undefined) await makeOutputFolder(out);
  const lab = await line.lab();
  const model = await loadModel(lab, line.flags.model, options);
  const dataset = await loadData(line, { imageFit: model.preprocessing?.imageFit }, model.imageSize);
  printTrainingData(model, dataset, line.output);
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
      seed,
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
    .sort((a, b) => compareScores(a.score, b.score));
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
  if (out !== undefined) await writeOutput(out, 'scores.csv', writeCsvOf(columns, rows));
  return exitCodes.ok;
}

function parsePreset(text: string): SnnlPreset {
  if (text === 'paper' || text === 'authors-code') return text;
  throw new LabError({
    code: 'config-invalid',
    message: `There is no preset "${text}".`,
    hint: 'Use --preset paper or --preset authors-code.',
  });
}
