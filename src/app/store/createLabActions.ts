import { followRun } from '../../engine/client/followRun';
import type { LabEngine } from '../../engine/labEngine';
import type { InterruptedTraining, JobParams, MadeFile } from '../../engine/protocol/jobMap';
import type { DatasetId, ModelId, RunId } from '../../foundation/ids';
import { LabError, toErrorData } from '../../foundation/labError';
import type { ModelUse, PruningMode, PruningPlan, PruningTargets } from '../../model/labModel';
import type { ModelSummary } from '../../model/modelSummary';
import type { RunConfig } from '../../recipe/runConfig';
import type { RunEvent } from '../../recipe/runEvents';
import type { EpochRecord } from '../../training/trainSettings';
import { architectureSpec } from './architectureSpec';
import { createDataActions, type DataActions } from './createDataActions';
import { createStatisticsActions, type StatisticsActions } from './createStatisticsActions';
import type { LabEvent } from './labEvent';
import type { LabSettings, LabState, StageName, StepName } from './labState';
import { refreshStale } from './refreshStale';
import type { RunStage, StageControl } from './runStage';
import { stageResult } from './stage';
import { targetLayer } from './targetLayer';

/** Everything that the page can ask for. */
export interface LabActions extends DataActions, StatisticsActions {
  goTo(step: StepName): void;
  changeSettings(change: Partial<LabSettings>): void;
  changeRun(change: Partial<RunConfig>): void;
  /** Generates the demo and loads the model that was trained on it at this position of its dial. */
  loadDemo(): Promise<void>;
  openModel(model: ModelSummary): void;
  loadModel(params: JobParams<'loadModel'>): Promise<void>;
  /** Loads the same files again, with what they leave open. */
  answerQuestions(answers: Record<string, string>): Promise<void>;
  putQuestionsAway(): void;
  /** Names the model and its classes, and sets how pixels go in. */
  setModelUse(use: ModelUse): Promise<void>;
  /** Opens a round of a run as a model to go on from. */
  keepRound(modelId: ModelId, name: string): Promise<void>;
  /** Takes channels from the model and opens what is left. The model before stays stored. */
  pruneModel(targets: PruningTargets, mode: PruningMode): Promise<void>;
  /** Opens the model that this one was pruned from. */
  undoPruning(): void;
  trainModel(): Promise<void>;
  resumeTraining(training: InterruptedTraining): Promise<void>;
  scoreChannels(): Promise<void>;
  runRecipe(): Promise<void>;
  resumeRun(runId: RunId): Promise<void>;
  openTestSplit(runId: RunId): Promise<void>;
  importRecord(text: string): Promise<void>;
  /** Reads a stored run and shows it. @returns whether it could be read */
  showRun(runId: RunId): Promise<boolean>;
  exportModel(params: JobParams<'exportModel'>): Promise<MadeFile | null>;
  readInventory(): Promise<void>;
  /** Asks the engine which methods it has. */
  readMethods(): Promise<void>;
  deleteStored(params: JobParams<'deleteStored'>): Promise<void>;
  planPruning(modelId: ModelId, targets: PruningTargets, mode: PruningMode): Promise<PruningPlan>;
  cancel(stage: StageName): void;
  pause(stage: StageName): void;
  resume(stage: StageName): void;
  finishNow(stage: StageName): void;
  dismissAlert(): void;
  /** Ends the worker, whatever it does, and starts another. */
  restartWorker(): Promise<void>;
}

interface ActionContext {
  engine: LabEngine;
  send(event: LabEvent): void;
  runStage: RunStage;
  control: StageControl;
  read(): LabState;
  /** For settings and the chosen step; results go through `send`. */
  write(change: (state: LabState) => LabState): void;
}

const toEpoch = (epoch: EpochRecord, jobId: string): LabEvent => ({ kind: 'epoch', jobId, epoch });
const toModel = ({ model }: { model: ModelSummary }) => model;

/** Shows a run as it goes on, and keeps its record in the end. */
function showWhileRunning() {
  const followed = followRun();
  return {
    partial(event: RunEvent, jobId: string): LabEvent | null {
      const record = followed.take(event);
      return record && { kind: 'round', jobId, record };
    },
    keep: () => followed.record(),
  };
}

export function createLabActions({ engine, send, runStage, control, read, write }: ActionContext): LabActions {
  const need = {
    dataset: () =>
      needed(
        stageResult(read().stages.data),
        'dataset-not-found',
        'There is no dataset yet.',
        'Open the step Data first.',
      ),
    model: () =>
      needed(
        stageResult(read().stages.model),
        'model-not-found',
        'There is no model yet.',
        'Open the step Model first.',
      ),
    /** What is scored, and how. */
    scoring(): JobParams<'scoreChannels'> {
      const { run } = read().settings;
      const model = need.model();
      const layer = targetLayer(model, run);
      return { datasetId: need.dataset().id, modelId: model.id, layer, options: run.score, seed: run.seed };
    },
  };

  /** Other tabs can ask for a reading while one is under way: the last that was asked for counts. */
  let lastReading = 0;

  async function readInventory() {
    lastReading += 1;
    const reading = lastReading;
    try {
      const inventory = await engine.start('listInventory', {}).result;
      if (reading === lastReading) send({ kind: 'inventory', inventory });
    } catch (thrown) {
      send({ kind: 'alert', error: toErrorData(thrown, 'reading what is stored on this machine') });
    }
  }

  async function readMethods() {
    try {
      send({ kind: 'methods', methods: await engine.start('listMethods', {}).result });
    } catch (thrown) {
      send({ kind: 'alert', error: toErrorData(thrown, 'listing the methods') });
    }
  }

  /** Runs can be asked for while one is being read: the last counts. */
  let lastShown = 0;

  async function showRun(runId: RunId): Promise<boolean> {
    lastShown += 1;
    const asked = lastShown;
    try {
      const record = await engine.start('readRun', { runId }).result;
      if (asked === lastShown) send({ kind: 'record-chosen', record });
      // What is damaged of it was found when it was read: the list tells it from now on.
      if (record.error?.code === 'artifact-damaged') await readInventory();
      return true;
    } catch (thrown) {
      send({ kind: 'alert', error: toErrorData(thrown, 'reading the run') });
      await readInventory();
      return false;
    }
  }

  /** A job whose result is the model to work with. */
  async function makeModel<J extends 'loadModel' | 'setModelUse' | 'keepRound'>(job: J, params: JobParams<J>) {
    const made = await runStage<'model', J>('model', job, params, { keep: (model) => model as ModelSummary });
    if (made) await readInventory();
  }

  function loadModel(params: JobParams<'loadModel'>): Promise<void> {
    write((state) => ({ ...state, lastLoad: params }));
    return makeModel('loadModel', params);
  }

  function changeSettings(change: Partial<LabSettings>) {
    write((state) => refreshStale({ ...state, settings: { ...state.settings, ...change } }));
  }

  const goTo = (step: StepName) => write((state) => ({ ...state, step }));
  const statistics = createStatisticsActions({ send, runStage, read, changeSettings, need });
  const { choosePredictions } = statistics;
  const data = createDataActions({
    engine,
    send,
    runStage,
    read,
    changeSettings,
    goTo,
    readInventory,
    choosePredictions,
  });

  return {
    ...control,
    ...data,
    ...statistics,
    readInventory,
    readMethods,
    showRun,
    loadModel,
    putQuestionsAway: () => send({ kind: 'questions-put-away' }),
    setModelUse: (use) => makeModel('setModelUse', { modelId: need.model().id, use }),
    keepRound: (modelId, name) => makeModel('keepRound', { modelId, name }),
    changeSettings,
    goTo,
    changeRun: (change) => changeSettings({ run: { ...read().settings.run, ...change } }),
    openModel: (result) => send({ kind: 'opened', stage: 'model', result }),
    dismissAlert: () => send({ kind: 'alert', error: null }),
    restartWorker() {
      engine.restart();
      return readInventory();
    },
    planPruning: (modelId, targets, mode) => engine.start('planPruning', { modelId, targets, mode }).result,

    async answerQuestions(answers) {
      const { lastLoad } = read();
      if (!lastLoad) return;
      const { source, options } = lastLoad;
      const before = options?.answers === 'usual' ? {} : options?.answers;
      await loadModel({ source, options: { ...options, answers: { ...before, ...answers } } });
    },

    async loadDemo() {
      const { demo } = read().settings;
      const made = await runStage('data', 'generateDemo', { settings: demo });
      if (made) await loadModel({ source: { kind: 'demo-baseline', bias: demo.bias } });
    },

    async trainModel() {
      const dataset = need.dataset();
      const { architecture, method, training, run } = read().settings;
      const params = {
        datasetId: dataset.id,
        name: `${architecture.name === 'plan' ? 'Own network' : architecture.name} on ${dataset.name}`,
        architecture: architectureSpec(architecture, {
          imageSize: dataset.imageSize,
          classCount: dataset.classNames.length,
          seed: run.seed,
        }),
        ...(method && { method }),
        settings: training,
        seed: run.seed,
      };
      const trained = await runStage('model', 'trainModel', params, { keep: toModel, partial: toEpoch });
      if (trained) send({ kind: 'training-noted', notes: trained.notes });
      await readInventory();
    },

    async resumeTraining({ id, datasetId }) {
      await openIfStored(datasetId);
      const trained = await runStage(
        'model',
        'resumeTraining',
        { trainingId: id },
        { keep: toModel, partial: toEpoch },
      );
      if (trained) send({ kind: 'training-noted', notes: trained.notes });
      await readInventory();
    },

    async scoreChannels() {
      await runStage('scores', 'scoreChannels', need.scoring());
    },

    async pruneModel(targets, mode) {
      const params = { modelId: need.model().id, targets, mode };
      const pruned = await runStage('model', 'pruneModel', params, { keep: toModel });
      if (pruned) await readInventory();
    },

    undoPruning() {
      const { prunedFrom } = need.model();
      const before = read().inventory.models.find(({ id }) => id === prunedFrom?.id);
      if (before) send({ kind: 'opened', stage: 'model', result: before });
    },

    async runRecipe() {
      const params = { datasetId: need.dataset().id, modelId: need.model().id, config: read().settings.run };
      await runStage('prune', 'runRecipe', params, showWhileRunning());
      await readInventory();
    },

    async resumeRun(runId) {
      await openRunInputs(runId);
      await runStage('prune', 'resumeRun', { runId }, showWhileRunning());
      await readInventory();
    },

    async openTestSplit(runId) {
      await runStage('results', 'openTestSplit', { runId });
    },

    async importRecord(text) {
      await runStage('compare', 'importRecord', { text });
    },

    async exportModel(params) {
      return await runStage('export', 'exportModel', params, { keep: ({ fileName }) => ({ fileName }) });
    },

    async deleteStored(params) {
      try {
        send({ kind: 'inventory', inventory: await engine.start('deleteStored', params).result });
      } catch (thrown) {
        send({ kind: 'alert', error: toErrorData(thrown, 'deleting') });
      }
    },
  };

  async function openIfStored(id: DatasetId) {
    if (read().inventory.datasets.some((stored) => stored.id === id)) await data.openDataset(id);
  }

  /** Opens the data, the model and the settings that a run was started with, as far as they are still stored. */
  async function openRunInputs(runId: RunId) {
    const run = read().inventory.runs.find(({ id }) => id === runId);
    if (!run) return;
    await openIfStored(run.dataset.id);
    const model = read().inventory.models.find(({ id }) => id === run.model.id);
    if (model) send({ kind: 'opened', stage: 'model', result: model });
    changeSettings({ run: run.config });
  }
}

function needed<T>(value: T | null, code: 'dataset-not-found' | 'model-not-found', message: string, hint: string): T {
  if (value === null) throw new LabError({ code, message, hint });
  return value;
}
