import { bounds, describeBound, isWithin } from '../foundation/bounds';
import type { JobContext } from '../foundation/jobContext';
import { LabError } from '../foundation/labError';
import { checkLevelling } from './checkLevelling';
import { type ComparedModels, type EvaluationInput, type ModelOutput, openComparedModels } from './comparedModels';
import { figuresOf, type GroupEvaluation } from './evaluateGroups';
import type {
  Estimate,
  EvaluationSettings,
  FairnessEvaluation,
  FigureTree,
  GapEstimate,
  ModelComparison,
  ModelEvaluation,
  NoiseBand,
} from './fairnessEvaluation';
import { gapNames } from './gapDefinitions';
import { leaveOutSmallGroups } from './leaveOutSmallGroups';
import { mapRecord } from './mapRecord';
import { hashPredictions } from './predictions/hashPredictions';
import type { Predictions } from './predictions/predictions';
import type { RecentResults } from './recentResults';
import { bootstrapFigures } from './resampling/bootstrapFigures';
import { type EvaluatedModel, type EvaluatedSamples, openEvaluatedModel } from './resampling/evaluatedModel';
import { permuteFigures } from './resampling/permuteFigures';
import { describeScores } from './scores/evaluateScores';
import { prepareScores } from './scores/prepareScores';
import type { ByGroup, ScoreMetrics } from './scores/scoreMetrics';

/** Noise floors of models that were evaluated before: a baseline meets many models. */
export type KnownFloors = RecentResults<FigureTree<NoiseBand | null>>;

/**
 * {@link evaluate} without remembering anything.
 *
 * @param knownFloors where noise floors are looked up first, and kept; left out, each is computed
 */
export async function computeEvaluation(
  given: EvaluationInput,
  settings: EvaluationSettings,
  context: JobContext,
  knownFloors: KnownFloors | null = null,
): Promise<FairnessEvaluation> {
  checkSettings(settings);
  const { input, leftOut } = leaveOutSmallGroups(openComparedModels(given), settings.minimumGroupSize);
  const { classNames, groupNames, clusters } = input;
  const samples = samplesOf(input);
  const open = (output: ModelOutput, part: JobContext) => openModel(output, samples, settings, part);
  const model = await open(input.model, context.part('Ranking the scores', 0, 0.04));
  const baseline = input.baseline && (await open(input.baseline, context.part('Ranking the scores', 0.04, 0.08)));

  const intervals = context.part('Bootstrap intervals', 0.08, 0.7);
  const estimates = await bootstrapFigures(samples, model, baseline, settings, intervals);
  const floorOf = (predictions: Predictions, opened: OpenedModel, part: JobContext) =>
    estimateFloor({ predictions, attribute: given.attribute, opened, samples, settings, knownFloors }, part);
  const modelFloor = await floorOf(given.model, model, context.part('Noise floor', 0.7, 0.85));
  const baselineFloor =
    given.baseline && baseline && (await floorOf(given.baseline, baseline, context.part('Noise floor', 0.85, 1)));
  const { against } = estimates;
  return {
    n: samples.labels.length,
    classNames,
    groupNames,
    leftOut,
    settings,
    unit: clusters === null ? 'group × class' : 'cluster',
    model: describeModel(model, samples, estimates.model, modelFloor),
    baseline: baseline && against && describeModel(baseline, samples, against.baseline, baselineFloor),
    comparison: baseline &&
      against && {
        fate: beyondChance(against.fate, baselineFloor),
        differences: against.differences,
        levelling: checkLevelling(levelledOf(model), levelledOf(baseline)),
      },
  };
}

function samplesOf({ labels, groups, classNames, groupNames, clusters }: ComparedModels): EvaluatedSamples {
  return {
    labels: Int32Array.from(labels),
    groups: Int32Array.from(groups),
    classCount: classNames.length,
    groupCount: groupNames.length,
    clusters,
  };
}

/** FATE where the baseline has a gap beyond chance; elsewhere it would divide by chance, and is no number. */
function beyondChance(
  fate: ModelComparison['fate'],
  floor: FigureTree<NoiseBand | null> | null,
): ModelComparison['fate'] {
  const noNumber = { value: null, interval: null, standardError: null, biasRatio: null };
  const pairs = gapNames.map((name) => [name, floor?.gaps[name]?.aboveFloor === false ? noNumber : fate[name]]);
  return Object.fromEntries(pairs) as ModelComparison['fate'];
}

interface OpenedModel extends EvaluatedModel {
  scoreEvaluation: ByGroup<ScoreMetrics> | null;
}

async function openModel(
  { predicted, scores }: ModelOutput,
  samples: EvaluatedSamples,
  { calibrationBins, resampleScores }: EvaluationSettings,
  context: JobContext,
): Promise<OpenedModel> {
  const { labels, groups, classCount, groupCount } = samples;
  if (scores === null) return { ...openEvaluatedModel(samples, predicted, null), scoreEvaluation: null };
  const prepared = await prepareScores({ labels, predicted, scores, classCount, binCount: calibrationBins }, context);
  const evaluation = describeScores(prepared, groups, groupCount);
  const opened = openEvaluatedModel(samples, predicted, { prepared, evaluation });
  return { ...opened, scores: resampleScores ? prepared : null, scoreEvaluation: evaluation };
}

interface FloorRequest {
  predictions: Predictions;
  attribute: number;
  opened: OpenedModel;
  samples: EvaluatedSamples;
  settings: EvaluationSettings;
  knownFloors: KnownFloors | null;
}

/** Null when no permutations are asked for. */
async function estimateFloor(
  { predictions, attribute, opened, samples, settings, knownFloors }: FloorRequest,
  context: JobContext,
): Promise<FigureTree<NoiseBand | null> | null> {
  const { permutations, seed, minimumGroupSize, calibrationBins, resampleScores } = settings;
  if (permutations === 0) return null;
  const compute = () => permuteFigures(samples, opened, settings, context);
  if (!knownFloors) return compute();
  const used = { ...predictions, scores: resampleScores ? predictions.scores : null };
  const hash = await hashPredictions(used);
  // Bands stand where the observed figures are defined: those of scores are there without being resampled.
  const hasScores = opened.scoreEvaluation !== null;
  const key = [hash, attribute, permutations, seed, minimumGroupSize, calibrationBins, resampleScores, hasScores];
  return knownFloors.get(JSON.stringify(key), compute);
}

function levelledOf({ observed }: EvaluatedModel) {
  return { groups: observed.groups, gaps: figuresOf(observed).gaps };
}

function describeModel(
  { observed, predicted, scoreEvaluation }: OpenedModel,
  samples: EvaluatedSamples,
  estimates: FigureTree<Estimate>,
  floors: FigureTree<NoiseBand | null> | null,
): ModelEvaluation {
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

function tabulateConfusion({ labels, groups, classCount, groupCount }: EvaluatedSamples, predicted: Int32Array) {
  const zeros = () => Array.from({ length: classCount }, () => Array.from({ length: classCount }, () => 0));
  const tables = Array.from({ length: groupCount }, zeros);
  for (let i = 0; i < labels.length; i++) tables[groups[i]!]![labels[i]!]![predicted[i]!]!++;
  return tables;
}

function checkSettings(settings: EvaluationSettings): void {
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
