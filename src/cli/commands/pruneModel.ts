import type { ImportPlan } from '../../dataset/mapping/parseMapping';
import { LabError } from '../../foundation/labError';
import { firstNumbers, positionsOf } from '../../model/channelNumbers';
import { exportFormats, type PruningTargets, pruningModes } from '../../model/labModel';
import type { ModelSummary } from '../../model/modelSummary';
import { runConfigSchema } from '../../recipe/runConfig';
import { chooseChannels } from '../../recipe/selectChannels';
import { snnlPresets } from '../../snnl/snnlOptions';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { dataFlags } from '../dataFlags';
import { choiceFlag, type FlagValues, numberFlag, switchFlag, textFlag } from '../flag';
import { loadData, loadModel, requireInputs } from '../loadInputs';
import { modelOptionFlags, parseModelOptions } from '../modelOptions';
import { printGrowth } from '../printGrowth';
import { printPlan } from '../printModel';
import { printTrainingData } from '../printTrainingData';
import { parseChannels, readScores } from '../pruningTargets';
import { readInput } from '../readInput';
import { readMapping } from '../readPlan';
import { writeModel } from '../writeModel';
import { makeOutputFolder } from '../writeOutput';

const seed = 1;

const flags = {
  layer: textFlag('NAME', 'the layer that channels are taken from; the last convolution when left out'),
  channels: textFlag(
    '1,5,9-12',
    'channels by the numbers that they had first, or of several layers: "conv8=1,5;conv3=0"',
  ),
  ratio: numberFlag(
    runConfigSchema.shape.pruning.shape.ratio,
    'share of the channels, those with the lowest scores, in place of --channels',
  ),
  scores: textFlag('scores.csv', 'the scores for --ratio, as "lab score --out" writes them'),
  data: { ...dataFlags.data, help: 'images to compute the scores for --ratio on: a folder or zip, or the demo' },
  mapping: dataFlags.mapping,
  mode: choiceFlag(pruningModes, 'what becomes of the channels (default tail: removed)'),
  'plan-only': switchFlag('every layer that would change; changes nothing'),
  format: choiceFlag(exportFormats, 'what it is written for (default tfjs)'),
  out: textFlag('DIR', 'folder for the pruned model'),
  ...modelOptionFlags,
};

/**
 * `lab model prune FILE|demo`: takes channels from a network, chosen by `--channels`, or `--ratio` of a layer with the lowest
 * scores: from `--scores scores.csv`, or computed on `--data`. `--plan-only` changes nothing.
 */
export const pruneModel = declareCommand({
  summary: 'takes channels from a model, chosen by number or by score',
  word: { name: 'FILE|DIR|demo', help: 'the model' },
  flags,
  usesEngine: true,
  run: prune,
});

type PruneLine = CommandLine<typeof flags>;

async function prune(line: PruneLine): Promise<number> {
  const { word: path, flags: given } = line;
  const { mode = 'tail', format = 'tfjs' } = given;
  const options = parseModelOptions(given);
  checkChoice(given);
  const out = given['plan-only'] ? null : requireOut(given.out);
  const file = given.scores === undefined ? null : { name: given.scores, text: await readInput(given.scores) };
  const mapping = await readMapping(line);
  await requireInputs(path, given.data);
  if (out !== null) await makeOutputFolder(out);
  const lab = await line.lab();
  const model = await loadModel(lab, path, options);
  const targets = await chooseTargets(line, model, { file, mapping });
  const plan = await lab.run('planPruning', { modelId: model.id, targets, mode });
  printPlan(plan, line.output);
  await printGrowth(lab, { model, targets, plan }, line.output);
  if (out === null) return exitCodes.ok;
  const pruned = await lab.run('pruneModel', { modelId: model.id, targets, mode });
  line.output.event({ kind: 'modelSummary', ...pruned.model });
  await writeModel(lab, { modelId: pruned.model.id, runId: null, format }, out, line.output);
  return exitCodes.ok;
}

/** @throws LabError `config-invalid` when the flags do not say in one way which channels go */
function checkChoice(given: FlagValues<typeof flags>): void {
  const refuse = (message: string, hint: string): never => {
    throw new LabError({ code: 'config-invalid', message, hint });
  };
  if ((given.channels === undefined) === (given.ratio === undefined)) {
    refuse('Which channels go is not clear.', 'Give either --channels 1,5,9 or --ratio 0.02.');
  }
  const sources = [given.data, given.scores].filter((source) => source !== undefined).length;
  if (given.ratio !== undefined && sources !== 1) {
    refuse(
      'Where the scores for --ratio come from is not clear.',
      'Give either --data DIR|demo or --scores scores.csv.',
    );
  }
  if (given.data === undefined && given.mapping !== undefined) {
    refuse('--mapping would have no effect without --data.', 'Add --data DIR, or leave --mapping out.');
  }
  if (given.channels !== undefined) {
    const unused = (['data', 'scores'] as const).find((flag) => given[flag] !== undefined);
    if (unused) refuse(`--${unused} would have no effect beside --channels.`, 'Leave one of the two out.');
    if (given.layer !== undefined && given.channels.includes('=')) {
      refuse('--layer would have no effect: --channels names its layers.', 'Leave one of the two out.');
    }
  }
}

/** @throws LabError `config-invalid` when the pruned model has no place */
function requireOut(out: string | undefined): string {
  if (out !== undefined) return out;
  throw new LabError({
    code: 'config-invalid',
    message: '--out is missing.',
    hint: 'Name the folder for the pruned model, or add --plan-only.',
  });
}

/** Where scores come from: a file, or data with their mapping. */
interface ScoreSource {
  file: { name: string; text: string } | null;
  mapping: Partial<ImportPlan>;
}

async function chooseTargets(line: PruneLine, model: ModelSummary, source: ScoreSource): Promise<PruningTargets> {
  const { channels, ratio = 0, layer = model.defaultLayer } = line.flags;
  if (channels !== undefined) return positionsOf(model, parseChannels(channels, layer));
  if (layer === null) {
    throw new LabError({
      code: 'layer-not-found',
      message: `"${model.name}" has no convolution that can be pruned.`,
      hint: 'Name a layer with --layer, or use another model.',
    });
  }
  const numbers = firstNumbers(model, layer);
  const scores =
    source.file === null
      ? await computeScores(line, { model, layer, mapping: source.mapping })
      : readScores(source.file.text, source.file.name, numbers);
  const silent = model.silentChannels?.[layer] ?? [];
  const settings = { originalChannels: numbers.length, ratio, rounding: 'half-up' as const };
  return { [layer]: chooseChannels({ values: scores, silent }, settings) };
}

interface ToScore {
  model: ModelSummary;
  layer: string;
  mapping: Partial<ImportPlan>;
}

async function computeScores(line: PruneLine, { model, layer, mapping }: ToScore): Promise<number[]> {
  const dataset = await loadData(line, { ...mapping, imageFit: model.preprocessing?.imageFit }, model.imageSize);
  printTrainingData(model, dataset, line.output);
  const lab = await line.lab();
  const { scores } = await lab.run(
    'scoreChannels',
    { datasetId: dataset.id, modelId: model.id, layer, options: snnlPresets.paper, seed },
    { listener: { progress: line.output.progress } },
  );
  return scores;
}
