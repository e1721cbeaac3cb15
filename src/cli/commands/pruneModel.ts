import { LabError } from '../../foundation/labError';
import { firstNumbers, positionsOf } from '../../model/channelNumbers';
import { exportFormats, type PruningTargets, pruningModes } from '../../model/labModel';
import type { ModelSummary } from '../../model/modelSummary';
import { chooseChannels } from '../../recipe/selectChannels';
import { snnlPresets } from '../../snnl/snnlOptions';
import { type Command, type CommandLine, exitCodes, parseOneOf, requireFlag, requireWord } from '../commandLine';
import { loadData, loadModel, requireInputs } from '../loadInputs';
import { modelOptionFlags, parseModelOptions } from '../modelOptions';
import { printGrowth } from '../printGrowth';
import { printPlan } from '../printModel';
import { printTrainingData } from '../printTrainingData';
import { parseChannels, readScores } from '../pruningTargets';
import { readInput } from '../readInput';
import { writeModel } from '../writeModel';
import { makeOutputFolder } from '../writeOutput';

const seed = 1;

/**
 * `lab model prune FILE|demo`: takes channels from a network, chosen by `--channels`, or `--ratio` of a layer with the lowest
 * scores: from `--scores scores.csv`, or computed on `--data`. `--plan-only` changes nothing.
 */
export const pruneModel: Command = {
  wordCount: 1,
  flags: [
    'backend',
    'channels',
    'data',
    'format',
    'layer',
    'mode',
    'out',
    'plan-only',
    'ratio',
    'scores',
    ...modelOptionFlags,
  ],
  run: prune,
};

async function prune(line: CommandLine): Promise<number> {
  const { flags } = line;
  const path = requireWord(line, 0, 'The model file');
  const isPlanOnly = flags['plan-only'] === true;
  const mode = parseOneOf('mode', flags.mode ?? 'tail', pruningModes);
  const format = parseOneOf('format', flags.format ?? 'tfjs', exportFormats);
  const options = parseModelOptions(flags);
  checkChoice(line);
  const out = isPlanOnly ? null : requireFlag(line, 'out', 'Name the folder for the pruned model, or add --plan-only.');
  const scoresText = flags.scores === undefined ? null : await readInput(flags.scores);
  await requireInputs(path, flags.data);
  if (out !== null) await makeOutputFolder(out);
  const lab = await line.lab();
  const model = await loadModel(lab, path, options);
  const targets = await chooseTargets(line, model, scoresText);
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
function checkChoice({ flags }: CommandLine): void {
  const refuse = (message: string, hint: string): never => {
    throw new LabError({ code: 'config-invalid', message, hint });
  };
  if ((flags.channels === undefined) === (flags.ratio === undefined)) {
    refuse('Which channels go is not clear.', 'Give either --channels 1,5,9 or --ratio 0.02.');
  }
  const sources = [flags.data, flags.scores].filter((source) => source !== undefined).length;
  if (flags.ratio !== undefined && sources !== 1) {
    refuse(
      'Where the scores for --ratio come from is not clear.',
      'Give either --data DIR|demo or --scores scores.csv.',
    );
  }
  if (flags.channels !== undefined) {
    const unused = (['data', 'scores'] as const).find((flag) => flags[flag] !== undefined);
    if (unused) refuse(`--${unused} would have no effect beside --channels.`, 'Leave one of the two out.');
    if (flags.layer !== undefined && flags.channels.includes('=')) {
      refuse('--layer would have no effect: --channels names its layers.', 'Leave one of the two out.');
    }
  }
}

async function chooseTargets(
  line: CommandLine,
  model: ModelSummary,
  scoresText: string | null,
): Promise<PruningTargets> {
  const { flags } = line;
  const layer = flags.layer ?? model.defaultLayer;
  if (flags.channels !== undefined) return positionsOf(model, parseChannels(flags.channels, layer));
  if (layer === null) {
    throw new LabError({
      code: 'layer-not-found',
      message: `"${model.name}" has no convolution that can be pruned.`,
      hint: 'Name a layer with --layer, or use another model.',
    });
  }
  const numbers = firstNumbers(model, layer);
  const ratio = parseRatio(flags.ratio!);
  const scores =
    scoresText === null ? await computeScores(line, model, layer) : readScores(scoresText, flags.scores!, numbers);
  const silent = model.silentChannels?.[layer] ?? [];
  const settings = { originalChannels: numbers.length, ratio, rounding: 'half-up' as const };
  return { [layer]: chooseChannels({ values: scores, silent }, settings) };
}

function parseRatio(text: string): number {
  const ratio = Number(text);
  if (ratio > 0 && ratio < 1) return ratio;
  throw new LabError({
    code: 'config-invalid',
    message: `--ratio cannot be "${text}".`,
    hint: 'Give the share of channels to prune, above 0 and below 1, such as 0.02.',
  });
}

async function computeScores(line: CommandLine, model: ModelSummary, layer: string): Promise<number[]> {
  const dataset = await loadData(line, { imageFit: model.preprocessing?.imageFit }, model.imageSize);
  printTrainingData(model, dataset, line.output);
  const lab = await line.lab();
  const { scores } = await lab.run(
    'scoreChannels',
    { datasetId: dataset.id, modelId: model.id, layer, options: snnlPresets.paper, seed },
    { listener: { progress: line.output.progress } },
  );
  return scores;
}
