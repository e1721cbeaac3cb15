import { writeCsvOf } from '../../foundation/escape/writeCsv';
import { LabError } from '../../foundation/labError';
import { runConfigSchema } from '../../recipe/runConfig';
import { snnlPresetNames, snnlPresets } from '../../snnl/snnlOptions';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { compareScores } from '../compareScores';
import { dataFlags } from '../dataFlags';
import { choiceFlag, numberFlag, textFlag } from '../flag';
import { loadData, loadModel, requireInputs } from '../loadInputs';
import { assumeOfModel, parseModelOptions } from '../modelOptions';
import { formatColumns } from '../output';
import { printTrainingData } from '../printTrainingData';
import { readMapping } from '../readPlan';
import { makeOutputFolder, writeOutput } from '../writeOutput';

const rowsShown = 10;
const columns = ['channel', 'score', 'standard_error', 'temperature'] as const;

const flags = {
  ...dataFlags,
  model: textFlag('FILE|DIR|demo', 'the model; the one that was trained on the demo when left out'),
  assume: assumeOfModel,
  layer: textFlag('NAME', 'the convolution to score; the last one when left out'),
  preset: choiceFlag(snnlPresetNames, 'the choices in the score (default paper)'),
  seed: numberFlag(runConfigSchema.shape.seed, 'seed of the batches (default 1)'),
  out: textFlag('DIR', 'folder for the scores of all channels as CSV'),
};

/** `lab score`: SNNL-Fair of every channel of a layer, lowest (pruned first) on top. */
export const score = declareCommand({
  summary: 'SNNL-Fair of every channel of a layer',
  word: null,
  flags,
  usesEngine: true,
  run: scoreLayer,
});

async function scoreLayer(line: CommandLine<typeof flags>): Promise<number> {
  const { data, out, preset = 'paper', seed = 1 } = line.flags;
  const options = parseModelOptions({ assume: line.flags.assume });
  const mapping = await readMapping(line);
  await requireInputs(data, line.flags.model);
  if (out !== undefined) await makeOutputFolder(out);
  const lab = await line.lab();
  const model = await loadModel(lab, line.flags.model, options);
  const dataset = await loadData(line, { ...mapping, imageFit: model.preprocessing?.imageFit }, model.imageSize);
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
  line.output.line(
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
