import { bounds, describeBound, isWithin } from '../foundation/bounds';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { checkGroupLevelling } from './checkGroupLevelling';
import { checkPredictions } from './countConfusion';
import { type GroupEvaluation, mapRecord } from './evaluateGroups';
import type {
  AnalysisInput,
  AnalysisSettings,
  Estimate,
  FairnessAnalysis,
  FigureTree,
  GapEstimate,
  ModelAnalysis,
  ModelComparison,
  ModelOutput,
  NoiseBand,
} from './fairnessAnalysis';
import { gapNames } from './gapDefinitions';
import { leaveOutSmallGroups } from './leaveOutSmallGroups';
import { type AnalysedModel, type AnalysedSamples, openAnalysedModel } from './resampling/analysedModel';
import { bootstrapFigures } from './resampling/bootstrapFigures';
import { permuteFigures } from './resampling/permuteFigures';
import { checkScores } from './scores/checkScores';
import { describeScores } from './scores/evaluateScores';
import { prepareScores } from './scores/prepareScores';
import type { ByGroup, ScoreMetrics } from './scores/scoreMetrics';

export const defaultAnalysisSettings: AnalysisSettings = {
  replicates: 2000,
  permutations: 1000,
  level: 0.95,
  method: 'percentile',
  seed: 1,
  lambda: 1,
  calibrationBins: 15,
  minimumGroupSize: 1,
};

/**
 * Every metric of a model's predictions by group, the gaps between any number of groups, their intervals and noise
 * floors and, against a baseline, paired differences, FATE and the levelling-down check.
 *
 * What is undefined is null: an AUC without samples of both kinds, a gap over classes that no two groups share, FATE
 * against a baseline without a gap beyond chance. A class that no sample has or is predicted as counts 0 in the paper's forms, as it
 * does there. Groups below the minimum size are left out of everything, and listed.
 *
 * @throws LabError `predictions-invalid` for lengths, classes, groups or scores that cannot be, with the first wrong
 * position; `group-too-small` when fewer than two groups have the minimum size; `config-invalid`; `cancelled`
 */
export async function analysePredictions(
  given: AnalysisInput,
  settings: AnalysisSettings,
  context: JobContext,
): Promise<FairnessAnalysis> {
  checkSettings(settings);
  checkInput(given);
  const { input, leftOut } = leaveOutSmallGroups(given, settings.minimumGroupSize);
  const { labels, groups, classNames, groupNames, clusters } = input;
  const samples: AnalysedSamples = {
    labels: Int32Array.from(labels),
    groups: Int32Array.from(groups),
    classCount: classNames.length,
    groupCount: groupNames.length,
    clusters,
  };
  const open = (output: ModelOutput, part: JobContext) => openModel(output, samples, settings, part);
  const model = await open(input.model, context.part('Ranking the scores', 0, 0.04));
  const baseline = input.baseline && (await open(input.baseline, context.part('Ranking the scores', 0.04, 0.08)));

  const intervals = context.part('Bootstrap intervals', 0.08, 0.7);
  const estimates = await bootstrapFigures(samples, model, baseline, settings, intervals);
  const models = baseline ? [model, baseline] : [model];
  const floors =
    settings.permutations === 0
      ? []
      : await permuteFigures(samples, models, settings, context.part('Noise floor', 0.7, 1));
  const { against } = estimates;
  return {
    n: samples.labels.length,
    classNames,
    groupNames,
    leftOut,
    settings,
    unit: clusters === null ? 'group × class' : 'cluster',
    model: describeModel(model, samples, estimates.model, floors[0] ?? null),
    baseline: baseline && against && describeModel(baseline, samples, against.baseline, floors[1] ?? null),
    comparison: baseline &&
      against && {
        fate: beyondChance(against.fate, floors[1]?.gaps ?? null),
        differences: against.differences,
        levelling: checkGroupLevelling(model.observed, baseline.observed),
      },
  };
}

/** FATE where the baseline has a gap beyond chance; elsewhere it would divide by chance, and is no number. */
function beyondChance(
  fate: ModelComparison['fate'],
  floors: FigureTree<NoiseBand | null>['gaps'] | null,
): ModelComparison['fate'] {
  const noNumber = { value: null, interval: null, standardError: null, biasRatio: null };
  const pairs = gapNames.map((name) => [name, floors?.[name]?.aboveFloor === false ? noNumber : fate[name]]);
  return Object.fromEntries(pairs) as ModelComparison['fate'];
}

interface OpenedModel extends AnalysedModel {
  scoreEvaluation: ByGroup<ScoreMetrics> | null;
}

async function openModel(
  { predicted, scores }: ModelOutput,
  samples: AnalysedSamples,
  { calibrationBins }: AnalysisSettings,
  context: JobContext,
): Promise<OpenedModel> {
  const { labels, groups, classCount, groupCount } = samples;
  if (scores === null) return { ...openAnalysedModel(samples, predicted, null), scoreEvaluation: null };
  const prepared = await prepareScores({ labels, predicted, scores, classCount, binCount: calibrationBins }, context);
  const evaluation = describeScores(prepared, groups, groupCount);
  return { ...openAnalysedModel(samples, predicted, { prepared, evaluation }), scoreEvaluation: evaluation };
}

function describeModel(
  { observed, predicted, scoreEvaluation }: OpenedModel,
  samples: AnalysedSamples,
  estimates: FigureTree<Estimate>,
  floors: FigureTree<NoiseBand | null> | null,
): ModelAnalysis {
  const gap = (estimate: Estimate, { pair }: Pick<GapEstimate, 'pair'>, floor: NoiseBand | null): GapEstimate => ({
    ...estimate,
    pair,
    floor,
  });
  return {
    groups: observed.groups,
    overall: observed.overall,
    confusion: tabulateConfusion(samples, predicted),
    scores: scoreEvaluation,
    gaps: mapRecord(observed.gaps, (found, name) => gap(estimates.gaps[name], found, floors?.gaps[name] ?? null)),
    metrics: mapRecord(observed.metrics, (found: GroupEvaluation['metrics']['f1'], name) => ({
      ...estimates.metrics[name],
      worst: { ...estimates.metrics[name].worst, group: found.worst.group },
      gap: gap(estimates.metrics[name].gap, found.gap, floors?.metrics[name].gap ?? null),
    })),
    equityScaledAuc: estimates.equityScaledAuc,
    classes: observed.classes.map(({ support, tpr, gap: found }, k) => ({
      support,
      tpr,
      gap: gap(estimates.classes[k]!, found, floors?.classes[k] ?? null),
    })),
  };
}

function tabulateConfusion({ labels, groups, classCount, groupCount }: AnalysedSamples, predicted: Int32Array) {
  const zeros = () => Array.from({ length: classCount }, () => Array.from({ length: classCount }, () => 0));
  const tables = Array.from({ length: groupCount }, zeros);
  for (let i = 0; i < labels.length; i++) tables[groups[i]!]![labels[i]!]![predicted[i]!]!++;
  return tables;
}

function checkInput({ labels, groups, classNames, groupNames, model, baseline, clusters }: AnalysisInput): void {
  const counts = { classCount: classNames.length, groupCount: groupNames.length };
  for (const output of baseline ? [model, baseline] : [model]) {
    checkPredictions({ labels, groups, predicted: output.predicted, ...counts });
    if (output.scores) checkScores(output.scores, labels.length, classNames.length);
  }
  if (clusters === null || clusters.length === labels.length) return;
  throw new LabError({
    code: 'predictions-invalid',
    message: `There are ${clusters.length} clusters for ${labels.length} samples; the two must be equally many.`,
    hint: 'Give the patient or lesion of every sample, or none at all.',
    details: { clusters: clusters.length, samples: labels.length },
  });
}

function checkSettings(settings: AnalysisSettings): void {
  const rules = {
    replicates: bounds.resamples,
    permutations: bounds.resamples,
    level: bounds.level,
    seed: bounds.seed,
    lambda: bounds.lambda,
    calibrationBins: bounds.calibrationBins,
    minimumGroupSize: bounds.minimumGroupSize,
  };
  for (const [name, bound] of Object.entries(rules)) {
    const value = settings[name as keyof typeof rules];
    if (isWithin(bound, value)) continue;
    throw new LabError({
      code: 'config-invalid',
      message: `The setting "${name}" is ${value}; it must be ${describeBound(bound)}.`,
      hint: 'Leave it out for the default.',
      details: { setting: name, value: String(value) },
    });
  }
}
