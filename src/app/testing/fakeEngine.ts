import type { DatasetManifest } from '../../dataset/stored/dataset';
import { datasetHeadOf } from '../../dataset/stored/datasetHead';
import type { JobHandle, JobListener, LabEngine } from '../../engine/labEngine';
import type { Inventory, JobName, JobParams, JobPartial, JobResult } from '../../engine/protocol/jobMap';
import type { ModelId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import type { ModelSummary } from '../../model/modelSummary';
import { presetScale } from '../../model/preprocessing';
import { eventsOf } from '../../recipe/runEvents';
import { runHeadOf } from '../../recipe/runHead';
import type { RunRecord } from '../../recipe/runRecord';
import { initialState } from '../store/labState';
import { fakeAnalysis } from './fakeAnalysis';
import {
  fakeDataset,
  fakeEnvironment,
  fakeImageSet,
  fakeModel,
  fakeRecord,
  fakeScores,
  withFakeLook,
} from './fakeData';
import { fakePreview, fakeSummary } from './fakeFiles';
import { fakeMethods } from './fakeMethods';
import { fakeThumbnails } from './fakeThumbnails';

export interface FakeEngineOptions {
  /** Time between two reports of progress. */
  stepMs: number;
  /** Jobs that fail, with their error. */
  failures?: Partial<Record<JobName, LabError>>;
  /** What is stored: runs and datasets whole, of which the inventory has the heads. */
  inventory?: Partial<Omit<Inventory, 'runs' | 'datasets'>> & { runs?: RunRecord[]; datasets?: DatasetManifest[] };
}

interface FakeJob<J extends JobName> {
  steps: number;
  stage: string;
  partials?(step: number): JobPartial<J>[];
  /** What is sent before the result. */
  ending?(): JobPartial<J>[];
  result(): JobResult<J>;
}

/** An engine with made-up, always equal results, for tests and for looking at the page. Computes nothing. */
export function createFakeEngine({ stepMs, failures = {}, inventory: start = {} }: FakeEngineOptions): LabEngine {
  let count = 0;
  const inventory = { ...initialState.inventory, ...start, runs: start.runs ?? [], datasets: start.datasets ?? [] };
  const listed = (): Inventory => ({
    ...inventory,
    runs: inventory.runs.map(runHeadOf),
    datasets: inventory.datasets.map(datasetHeadOf),
  });
  const finish = (record: RunRecord): RunRecord => {
    inventory.runs = [...inventory.runs.filter(({ id }) => id !== record.id), record];
    return record;
  };

  const keep = (model: ModelSummary): ModelSummary => {
    inventory.models = [...inventory.models.filter(({ id }) => id !== model.id), model];
    return model;
  };

  const jobs: { [J in JobName]: (params: JobParams<J>) => FakeJob<J> } = {
    inspectFiles: ({ files }) => ({ steps: 2, stage: 'Reading tables', result: () => fakeSummary(files) }),
    importFiles: ({ name }) => ({ steps: 10, stage: 'Decoding images', result: () => ({ ...fakeDataset(), name }) }),
    previewMapping: () => ({ steps: 0, stage: '', result: fakePreview }),
    remapDataset: ({ name }) => ({ steps: 1, stage: 'Mapping anew', result: () => ({ ...fakeDataset(), name }) }),
    generateDemo: ({ settings }) => ({
      steps: 10,
      stage: 'Drawing lesions',
      result: () => {
        const made = fakeDataset(settings);
        inventory.datasets = [made];
        return made;
      },
    }),
    readDataset: ({ datasetId }) => ({
      steps: 0,
      stage: '',
      result: () => inventory.datasets.find(({ id }) => id === datasetId) ?? fakeDataset(),
    }),
    readImageSet: ({ imageSetId }) => ({ steps: 0, stage: '', result: () => fakeImageSet(imageSetId) }),
    readRecord: ({ imageIndex }) => ({
      steps: 0,
      stage: '',
      result: () => ({
        path: `photos/${imageIndex}.jpg`,
        cells: [
          { column: 'dx', text: 'mel' },
          { column: 'age', text: null },
        ],
      }),
    }),
    readThumbnails: ({ imageIndices }) => ({
      steps: 1,
      stage: 'Reading images',
      result: () => fakeThumbnails(imageIndices),
    }),
    loadModel: () => ({
      steps: 4,
      stage: 'Reading weights',
      result: () => {
        inventory.models = [];
        return keep(fakeModel());
      },
    }),
    setModelUse: ({ modelId, use }) => ({
      steps: 1,
      stage: 'Storing',
      result: () => {
        const before = inventory.models.find(({ id }) => id === modelId) ?? fakeModel();
        const { preprocessing, imageFit, ...named } = use;
        const given = typeof preprocessing === 'string' ? presetScale(preprocessing) : preprocessing;
        const scale = given && { preprocessing: { ...given, imageSize: before.imageSize, imageFit } };
        const changed: ModelSummary = { ...before, ...named, ...scale, id: `${modelId}-set` as ModelId };
        inventory.models = [...inventory.models.filter(({ id }) => id !== modelId), changed];
        return changed;
      },
    }),
    keepRound: ({ name }) => ({ steps: 1, stage: 'Storing', result: () => keep(fakeModel(name)) }),
    pruneModel: ({ modelId, targets }) => ({
      steps: 1,
      stage: 'Pruning',
      result: () => {
        const before = inventory.models.find(({ id }) => id === modelId) ?? fakeModel();
        const pruned = fakeModel(`${before.name} · pruned`);
        const [layer = '', remove = []] = Object.entries(targets)[0] ?? [];
        const model = keep({ ...pruned, prunedFrom: { id: before.id, name: before.name } });
        return { model, plan: fakePlan(layer, [...remove]) };
      },
    }),
    predict: () => ({
      steps: 2,
      stage: 'Predicting',
      result: () => ({
        fileName: 'predictions.csv',
        mediaType: 'text/csv',
        bytes: new ArrayBuffer(8),
        imageCount: 2,
        accuracy: null,
        imageFit: null,
        unreadable: [],
      }),
    }),
    listMethods: () => ({ steps: 0, stage: '', result: () => fakeMethods }),
    trainModel: ({ settings, name }) => ({
      steps: settings.epochs,
      stage: 'Training',
      partials: (step) => [fakeEpoch(step)],
      result: () => ({
        model: fakeModel(name),
        history: Array.from({ length: settings.epochs }, (_, index) => fakeEpoch(index + 1)),
        endedBy: 'epochs',
        keptEpoch: settings.epochs,
        notes: [],
      }),
    }),
    resumeTraining: () => ({
      steps: 2,
      stage: 'Training',
      partials: (step) => [fakeEpoch(step)],
      result: () => {
        inventory.trainings = [];
        return {
          model: fakeModel(),
          history: [fakeEpoch(1), fakeEpoch(2)],
          endedBy: 'epochs',
          keptEpoch: 2,
          notes: [],
        };
      },
    }),
    scoreChannels: ({ options }) => ({ steps: 12, stage: 'Scoring conv3', result: () => fakeScores(options) }),
    evaluateModel: () => ({ steps: 4, stage: 'Evaluating', result: () => fakeRecord().baseline.evaluation }),
    analyseRound: ({ runId, arm, round }) => ({
      steps: 10,
      stage: 'Bootstrap intervals',
      result: () => ({ runId, arm, round, analysis: fakeAnalysis() }),
    }),
    scoreSensitivity: ({ options, seed, layer, prunedCount }) => ({
      steps: 10,
      stage: 'Scoring',
      result: () => ({
        layer,
        channels: 64,
        prunedCount,
        reference: { options, seed },
        points: [
          { setting: 'temperature', value: 0.3, tau: 0.8, samePrunedRatio: 2 / 3 },
          { setting: 'batchSize', value: 64, tau: 0.9, samePrunedRatio: 1 },
          { setting: 'seed', value: 2, tau: 0.95, samePrunedRatio: 1 },
        ],
      }),
    }),
    auditPredictions: ({ columns }) => ({
      steps: 10,
      stage: 'Bootstrap intervals',
      result: () => ({
        excluded: {
          labelMissing: 0,
          predictionMissing: 0,
          scoreMissing: 0,
          baselineMissing: 0,
          classLeftOut: 0,
          groupMissing: 2,
        },
        rows: {
          total: 182,
          used: 180,
          leftOut: [{ reason: 'no value of a sensitive attribute', count: 2, examples: [] }],
        },
        read: {
          label: columns.label ?? 'label',
          prediction: columns.prediction ?? null,
          scores: [],
          threshold: null,
          attributes: [...(columns.attributes ?? [])],
          cluster: columns.cluster ?? null,
          id: null,
        },
        findings: [],
        answered: [],
        audits: (columns.attributes ?? []).map((attribute) => ({ attribute, analysis: fakeAnalysis() })),
      }),
    }),
    planPruning: ({ targets }) => {
      const [layer = '', remove = []] = Object.entries(targets)[0] ?? [];
      return { steps: 1, stage: 'Planning', result: () => fakePlan(layer, [...remove]) };
    },
    runRecipe: ({ config }) => ({
      steps: 4 * config.pruning.rounds,
      stage: 'Round · fine-tuning',
      partials: (step) => (step % 4 === 0 ? eventsOf(fakeRecord(config, step / 4)) : []),
      ending: () => eventsOf(fakeRecord(config)),
      result: () => ({ runId: finish(fakeRecord(config)).id }),
    }),
    resumeRun: () => ({
      steps: 8,
      stage: 'Round 2 · fine-tuning',
      ending: () => eventsOf(fakeRecord()),
      result: () => ({ runId: finish(fakeRecord()).id }),
    }),
    readRun: ({ runId }) => ({
      steps: 0,
      stage: '',
      result: () => inventory.runs.find(({ id }) => id === runId) ?? fakeRecord(),
    }),
    openTestSplit: ({ runId }) => ({
      steps: 4,
      stage: 'Evaluating',
      result: () => finish(withFakeLook(inventory.runs.find(({ id }) => id === runId) ?? fakeRecord())),
    }),
    exportModel: ({ modelId }) => ({
      steps: 2,
      stage: 'Writing weights',
      result: () => ({ fileName: `${modelId}.zip`, mediaType: 'application/zip', bytes: new ArrayBuffer(8) }),
    }),
    importRecord: () => ({ steps: 1, stage: 'Checking', result: () => finish(fakeRecord()) }),
    listInventory: () => ({ steps: 0, stage: '', result: listed }),
    deleteStored: ({ id }) => ({
      steps: 0,
      stage: '',
      result: () => {
        inventory.datasets = inventory.datasets.filter((dataset) => dataset.id !== id);
        inventory.models = inventory.models.filter((model) => model.id !== id);
        inventory.runs = inventory.runs.filter((run) => run.id !== id);
        return listed();
      },
    }),
    verifyVectors: () => ({ steps: 1, stage: 'Checking', result: () => [] }),
  };

  return {
    start<J extends JobName>(job: J, params: JobParams<J>, listener: JobListener<J> = {}): JobHandle<J> {
      count += 1;
      return playJob(`job-${count}`, jobs[job](params), stepMs, listener, failures[job]);
    },
    subscribe(listener) {
      const timer = setTimeout(() => listener({ kind: 'ready', environment: fakeEnvironment }), 0);
      return () => clearTimeout(timer);
    },
    restart() {},
    dispose() {},
  };
}

function playJob<J extends JobName>(
  id: string,
  job: FakeJob<J>,
  stepMs: number,
  listener: JobListener<J>,
  failure?: LabError,
): JobHandle<J> {
  const control = { isCancelled: false, isPaused: false, isFinishing: false };
  const run = async (): Promise<JobResult<J>> => {
    for (let step = 1; step <= job.steps && !control.isFinishing; step += 1) {
      do await wait(stepMs);
      while (control.isPaused && !control.isCancelled);
      if (control.isCancelled)
        throw new LabError({ code: 'cancelled', message: 'The job was cancelled.', hint: 'Start it again.' });
      if (failure) throw failure;
      listener.progress?.({
        stage: job.stage,
        done: step,
        total: job.steps,
        unit: 'steps',
        fraction: step / job.steps,
        etaMs: (job.steps - step) * stepMs,
        perSecond: stepMs > 0 ? 1000 / stepMs : null,
      });
      for (const partial of job.partials?.(step) ?? []) listener.partial?.(partial);
    }
    for (const partial of job.ending?.() ?? []) listener.partial?.(partial);
    await wait(0);
    return job.result();
  };
  return {
    id,
    result: run(),
    cancel: () => {
      control.isCancelled = true;
    },
    pause: () => {
      control.isPaused = true;
    },
    resume: () => {
      control.isPaused = false;
    },
    finishNow: () => {
      control.isFinishing = true;
    },
  };
}

function wait(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

function fakeEpoch(epoch: number) {
  return {
    epoch,
    learningRate: 0.001,
    trainLoss: 0.3 + 1.4 * 0.85 ** epoch,
    validationLoss: 0.45 + 1.3 * 0.84 ** epoch,
    validationAccuracy: 0.8 - 0.5 * 0.85 ** epoch,
  };
}

function fakePlan(layer: string, remove: number[]): JobResult<'planPruning'> {
  const keep = Array.from({ length: 128 }, (_, index) => index).filter((index) => !remove.includes(index));
  const edit = (name: string, weight: string, axis: number, before: number[]) => ({
    layer: name,
    weight,
    axis,
    keep,
    shapeBefore: before,
    shapeAfter: before.map((size, index) => (index === axis ? keep.length : size)),
  });
  const change = {
    kind: 'Conv2D',
    readsFrom: [],
    parametersBefore: 0,
    parametersAfter: 0,
    macsBefore: 0,
    macsAfter: 0,
  };
  const counts = { channelsBefore: 128, channelsAfter: keep.length };
  return {
    mode: 'tail',
    targets: [{ layer, remove, keep }],
    layers: [
      { ...change, ...counts, layer, role: 'target' },
      {
        ...change,
        channelsBefore: 6,
        channelsAfter: 6,
        layer: 'logits',
        kind: 'Dense',
        role: 'reads',
        readsFrom: [layer],
      },
    ],
    selections: [],
    edits: [
      edit(layer, 'kernel', 3, [3, 3, 64, 128]),
      edit(layer, 'bias', 0, [128]),
      edit('logits', 'kernel', 0, [128, 6]),
    ],
    parametersBefore: 94_022,
    parametersAfter: 94_022 - 583 * remove.length,
    macsBefore: 41_288_448,
    macsAfter: 41_288_448 - 147_462 * remove.length,
  };
}
