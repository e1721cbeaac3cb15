import type { ImageSetManifest } from '../../dataset/images/imageSet/imageSet';
import { type DatasetManifest, type DemoSettings, defaultDemoSettings } from '../../dataset/stored/dataset';
import { countConfusion } from '../../fairness/countConfusion';
import { evaluateGroups } from '../../fairness/evaluateGroups';
import { type FairnessCriterion, twoGroupReport } from '../../fairness/paperTable';
import { datasetId, type ImageSetId, imageSetId, modelId, runId } from '../../foundation/ids';
import { importances, prunesNothing } from '../../importance/importances';
import type { LayerSummary, ModelSummary } from '../../model/modelSummary';
import { defaultRunConfig, type RunConfig } from '../../recipe/runConfig';
import type { ArmRecord, Environment, Evaluation, RoundRecord, RunRecord } from '../../recipe/runRecord';
import { chooseRound, stopReasonAfter } from '../../recipe/stopRule';
import { type ChannelScores, type SnnlOptions, snnlPresets } from '../../snnl/snnlOptions';

/** The same numbers between 0 and 1 every time, for made-up data. */
export function fakeRandom(seed: number): () => number {
  let state = (seed * 2654435761) % 4294967296;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

export const fakeEnvironment: Environment = {
  backend: 'webgpu',
  device: 'Fake adapter',
  reason: 'A GPU adapter is present. Verified on this device: 15 checks in 0.2 s.',
  labVersion: '0.1.0',
  tfjsVersion: '4.22.0',
  memory: { bytes: 4_294_901_760, tensorBytes: null },
  selfTest: { checks: 15, failures: [], elapsedMs: 200 },
};

const classNames = ['naevus', 'melanoma', 'keratosis', 'dermatofibroma', 'angioma', 'eczema'];
export const fakeChannelCount = 128;

export function fakeDataset(settings: DemoSettings = defaultDemoSettings): DatasetManifest {
  const random = fakeRandom(settings.seed);
  const indices = Array.from({ length: settings.count }, (_, index) => index);
  const groups = indices.map(() => (random() < 0.4 ? 0 : 1));
  return {
    id: datasetId(`fake-${settings.bias}-${settings.count}-${settings.seed}`),
    imageSetId: imageSetId('fake-images'),
    imageIndices: Array.from({ length: settings.count }, (_, index) => index),
    name: `Demo lesions, bias ${settings.bias}`,
    source: { kind: 'demo', settings },
    createdAt: '2026-01-01T09:00:00.000Z',
    imageSize: settings.imageSize,
    classNames,
    groupNames: ['dark (types IV–VI)', 'light (types I–III)'],
    sensitiveAttribute: 'skin type',
    samples: {
      names: indices.map((index) => `demo-${index}.png`),
      labels: groups.map((group) => Math.min(5, Math.floor(random() ** (group === 0 ? 2 : 1.2) * 6))),
      groups,
      splits: indices.map((index) => [0, 0, 0, 1, 2][index % 5]!),
      clusters: null,
    },
    splitHashes: { train: '3f2a9c0d1e4b5a67', validation: '9b8c7d6e5f4a3b2c', test: '0a1b2c3d4e5f6071' },
    findings: [
      {
        kind: 'small-cell',
        message: 'cells of class and group have fewer than 10 test images',
        count: 2,
        examples: ['eczema × dark skin', 'angioma × dark skin'],
      },
    ],
    mapping: null,
  };
}

/** Two sets of look-alikes: samples 1 and 2 (both training), 5, 13 and 14 (across splits). */
export function fakeImageSet(id: ImageSetId): ImageSetManifest {
  return {
    format: 'snnl-fair-image-set',
    version: 1,
    id,
    createdAt: '2026-01-01T09:00:00.000Z',
    contentHash: '0',
    imageSize: defaultDemoSettings.imageSize,
    imageCount: defaultDemoSettings.count,
    shards: [],
    unreadable: [],
    duplicateGroups: [
      [1, 2],
      [5, 13, 14],
    ],
  };
}

export function fakeModel(name = 'Demo baseline'): ModelSummary {
  const layer = (
    layerName: string,
    kind: string,
    outputShape: number[],
    parameters: number,
    macs: number,
    reason: string | null,
  ): LayerSummary => ({
    name: layerName,
    kind,
    outputShape,
    parameters,
    macs,
    prunable: reason === null,
    reason,
  });
  const none = 'has no channels of its own';
  const layers = [
    layer('conv1', 'Conv2D', [64, 64, 32], 896, 3_538_944, null),
    layer('pool1', 'MaxPooling2D', [32, 32, 32], 0, 0, none),
    layer('conv2', 'Conv2D', [32, 32, 64], 18_496, 18_874_368, null),
    layer('pool2', 'MaxPooling2D', [16, 16, 64], 0, 0, none),
    layer('conv3', 'Conv2D', [16, 16, fakeChannelCount], 73_856, 18_874_368, null),
    layer('pool', 'GlobalAveragePooling2D', [fakeChannelCount], 0, 0, none),
    layer('logits', 'Dense', [6], 774, 768, 'gives the classes'),
  ];
  return {
    id: modelId(`fake-${name}`),
    name,
    imageSize: 64,
    classNames,
    parameters: 94_022,
    macs: 41_288_448,
    bytes: 376_088,
    trainingMemory: { bytes: 310_000_000, batchSize: 64 },
    layers,
    defaultLayer: 'conv3',
    originalChannels: {},
    trainedOn: {
      datasetId: datasetId('fake-1-2400-20240'),
      name: 'Demo lesions, bias 1',
      trainSplitHash: '3f2a9c0d1e4b5a67',
    },
  };
}

export function fakeScores(
  options: SnnlOptions = snnlPresets.paper,
  removed: readonly number[] = [],
  shift = 0,
): ChannelScores {
  const random = fakeRandom(7);
  const all = Array.from({ length: fakeChannelCount }, (_, channel) => ({
    channel,
    score: 0.55 + 0.18 * (random() + random() + random() - 1.5) + (channel % 17 === 0 ? -0.2 : 0),
    error: 0.004 + 0.01 * random(),
  })).filter(({ channel }) => !removed.includes(channel));
  return {
    layer: 'conv3',
    scores: all.map(({ score }) => score + shift * (0.7 - score)),
    standardErrors: all.map(({ error }) => error),
    temperatures: all.map(({ score }) => 3 + score),
    originalChannels: all.map(({ channel }) => channel),
    batchesUsed: 12,
    batchesWithoutScore: 0,
    imagesUsed: 1440,
    mapHeight: 16,
    mapWidth: 16,
    options,
  };
}

/** Predictions that are right more often in group 1 by `gap`, and what follows from them. */
function fakeEvaluation(
  split: Evaluation['split'],
  seed: number,
  skill: number,
  gap: number,
  baseline: Evaluation | null,
): Evaluation {
  const random = fakeRandom(seed);
  const { samples } = fakeDataset();
  // Looks at either split are of the same samples.
  const members = samples.labels.flatMap((_, index) => (samples.splits[index] === 1 ? [index] : []));
  const labels = members.map((index) => samples.labels[index]!);
  const groups = members.map((index) => samples.groups[index]!);
  const predicted = labels.map((label, index) =>
    random() < skill - (groups[index] === 0 ? gap : 0) ? label : Math.floor(random() * 6),
  );
  const counts = countConfusion({ labels, predicted, groups, classCount: 6 });
  const report = twoGroupReport(evaluateGroups(counts, null));
  const f1 = report.rows.f1.avg;
  const fateOf = (criterion: FairnessCriterion) =>
    baseline
      ? (f1 - baseline.report.rows.f1.avg) / baseline.report.rows.f1.avg -
        (report[criterion] - baseline.report[criterion]) / baseline.report[criterion]
      : 0;
  const around = (value: number, width: number) => ({ low: value - width, high: value + width });
  const shareAround = (value: number, width: number) => ({
    low: Math.max(0, value - width),
    high: Math.min(1, value + width),
  });
  const floorOf = (criterion: FairnessCriterion) => ({
    observed: report[criterion],
    mean: 0.045,
    q05: 0.02,
    q95: 0.08,
    aboveFloor: report[criterion] > 0.08,
  });
  const byCriterion = <T>(make: (criterion: FairnessCriterion) => T) => ({
    eopp0: make('eopp0'),
    eopp1: make('eopp1'),
    eodd: make('eodd'),
  });
  return {
    split,
    report,
    fate: baseline ? byCriterion(fateOf) : null,
    bootstrap: {
      replicates: 1000,
      level: 0.95,
      unit: 'group × class',
      intervals: {
        f1Avg: shareAround(f1, 0.03),
        f1Diff: shareAround(report.rows.f1.diff, 0.03),
        accuracyAvg: shareAround(report.rows.accuracy.avg, 0.03),
        accuracyDiff: shareAround(report.rows.accuracy.diff, 0.03),
        ...byCriterion((criterion) => shareAround(report[criterion], 0.02)),
      },
      fate: baseline ? byCriterion((criterion) => around(fateOf(criterion), 0.16)) : null,
    },
    noiseFloor: { permutations: 1000, byCriterion: byCriterion(floorOf) },
    predicted,
    loss: 0.9,
  };
}

/** Samples of every class in each group, of a split by its number. */
function countCells(split: number): number[][] {
  const { classNames, samples } = fakeDataset();
  const counts = classNames.map(() => [0, 0]);
  for (const [index, label] of samples.labels.entries()) {
    if (samples.splits[index] === split) counts[label]![samples.groups[index]!]! += 1;
  }
  return counts;
}

/** A run with made-up outcomes: rounds up to `roundsDone` of each arm. */
export function fakeRecord(config: RunConfig = defaultRunConfig, roundsDone = config.pruning.rounds): RunRecord {
  const dataset = fakeDataset();
  const model = fakeModel();
  const baseline = fakeEvaluation('validation', 3, 0.8, 0.2, null);
  const [train, measured] = [countCells(0), countCells(1)];
  return {
    schema: 'snnl-fair-lab/run',
    schemaVersion: 1,
    id: runId('fake-run-1'),
    createdAt: '2026-01-01T10:00:00.000Z',
    updatedAt: `2026-01-01T10:0${roundsDone}:00.000Z`,
    status: roundsDone < config.pruning.rounds ? 'running' : 'finished',
    error: null,
    config,
    layer: 'conv3',
    environment: fakeEnvironment,
    dataset: { ...dataset, counts: { train, validation: measured, test: measured } },
    model,
    baseline: { evaluation: baseline, scores: fakeScores(config.score) },
    arms: config.arms.map((arm) => fakeArm(arm, config, roundsDone, baseline)),
    testLooks: [],
  };
}

/** How well an arm does, by its place in the registry. */
const outcomes: readonly { skill: number; gap: number }[] = [
  { skill: 0.81, gap: 0.1 },
  { skill: 0.79, gap: 0.16 },
  { skill: 0.82, gap: 0.19 },
  { skill: 0.8, gap: 0.17 },
  { skill: 0.77, gap: 0.24 },
  { skill: 0.79, gap: 0.24 },
];
const outcomeOf = (arm: string) => outcomes[Math.max(0, importances.ids().indexOf(arm)) % outcomes.length]!;

function fakeArm(arm: string, config: RunConfig, roundsDone: number, baseline: Evaluation): ArmRecord {
  const { skill, gap } = outcomeOf(arm);
  const gone: number[] = [];
  const rounds = Array.from({ length: roundsDone }, (_, index): RoundRecord => {
    const round = index + 1;
    const removed = prunesNothing(arm)
      ? []
      : [17 * round, 17 * round - 5, 17 * round - 9].filter((channel) => channel < fakeChannelCount);
    gone.push(...removed);
    const left = prunesNothing(arm) ? fakeChannelCount : fakeChannelCount - 3 * round;
    return {
      round,
      plan: null,
      prunedOriginal: removed,
      channelsLeft: left,
      parameters: 94_022 - 583 * (fakeChannelCount - left),
      macs: 41_288_448 - 147_462 * (fakeChannelCount - left),
      bytes: 4 * (94_022 - 583 * (fakeChannelCount - left)),
      history: [],
      evaluation: fakeEvaluation('validation', 30 + round + gap * 100, skill, gap + 0.03 * (2 - round), baseline),
      scoresAfter: fakeScores(config.score, gone, 0.2 * round),
      modelId: modelId(`fake-${arm}-${round}`),
      elapsedMs: 12_000,
    };
  });
  const unpruned = baseline.report;
  const [stop = null] = rounds.flatMap(({ round, evaluation: { report: now } }, index) => {
    const previous = rounds[index - 1]?.evaluation.report ?? unpruned;
    const reason = stopReasonAfter(round, { unpruned, previous, now }, config.pruning);
    return reason ? [{ round, reason }] : [];
  });
  return { arm, rounds, stop, chosenRound: chooseRound(rounds, stop, config.pruning.criterion) };
}

/** The same record after one look at the test split. */
export function withFakeLook(record: RunRecord): RunRecord {
  const baseline = fakeEvaluation('test', 4, 0.79, 0.2, null);
  const arms = record.arms.flatMap(({ arm, chosenRound }) => {
    if (chosenRound === 0) return [];
    const { skill, gap } = outcomeOf(arm);
    return [{ arm, round: chosenRound, evaluation: fakeEvaluation('test', 40 + chosenRound, skill, gap, baseline) }];
  });
  return { ...record, testLooks: [...record.testLooks, { at: '2026-01-01T11:00:00.000Z', baseline, arms }] };
}
