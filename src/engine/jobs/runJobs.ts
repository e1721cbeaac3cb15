import { unlessInUse } from '../../artifacts/ownership';
import { tidyUp } from '../../artifacts/tidyUp';
import type { Predictions } from '../../fairness/predictions/predictions';
import { type DatasetId, type ModelId, type RunId, runId } from '../../foundation/ids';
import type { JobContext } from '../../foundation/jobContext';
import { fromErrorData, LabError } from '../../foundation/labError';
import { importances } from '../../importance/importances';
import { methodOf } from '../../methods/methods';
import { requireTrainable } from '../../model/forwardTraining';
import type { LabModel } from '../../model/labModel';
import { loadModel, saveModel } from '../../model/modelStore';
import { analyseRound, requireRound } from '../../recipe/analyseRound';
import { isDamaged } from '../../recipe/findRunDamage';
import { markImported } from '../../recipe/markImported';
import { mergeRecords } from '../../recipe/mergeRecords';
import { openRun } from '../../recipe/openRun';
import { openTestSplit } from '../../recipe/openTestSplit';
import { parseRunRecord } from '../../recipe/parseRunRecord';
import { openPredictionShelf, type PredictionsName } from '../../recipe/predictionArchive';
import { predictSplit } from '../../recipe/predictSplit';
import type { RecipeBench, RunInputs, ViewingBench } from '../../recipe/recipeBench';
import { findLostModels, repairRun } from '../../recipe/repairRun';
import { resumedEnvironment } from '../../recipe/resumedEnvironment';
import {
  createRun,
  findRun,
  keepRecord,
  loadRun,
  openRunJournal,
  type RunJournal,
  recordOf,
  runCheckpointFolder,
  storedModels,
} from '../../recipe/runArchive';
import type { RunConfig } from '../../recipe/runConfig';
import { applyRunEvent, eventsOf, type RunEvent } from '../../recipe/runEvents';
import { runRecipe } from '../../recipe/runRecipe';
import type { Environment, RunRecord } from '../../recipe/runRecord';
import { checkpointSlot } from '../../training/checkpointSlot';
import { checkMemory } from '../checkMemory';
import { checkRoom } from '../checkRoom';
import { predictionTask, scoringTask, trainingTask } from '../memoryTasks';
import { readModelOrigin } from '../modelOrigin';
import type { JobParams, JobResult } from '../protocol/jobMap';
import { withTeacher } from '../withTeacher';
import type { Workspace } from '../workspace';
import type { JobHandlers, JobScope } from './jobHandler';

/** Share of a run's time that scoring and evaluating the unpruned model takes, for the progress bar. */
const openingShare = 0.05;
/** Shares of a resumed run's time before its models are checked, and before what is damaged is computed again. */
const checkingShare = 0.02;
const repairShare = 0.5;

export const runJobs: Pick<
  JobHandlers,
  'runRecipe' | 'resumeRun' | 'readRun' | 'analyseRound' | 'openTestSplit' | 'importRecord'
> = {
  runRecipe({ datasetId, modelId, config, baselineOrigin: known }, { workspace, context, publish }) {
    requireImportances(config);
    const id = runId(crypto.randomUUID().slice(0, 8));
    return workspace.own(`run/${id}`, () =>
      withTrainingInputs(workspace, { datasetId, modelId }, async (inputs, teacher) => {
        const { environment, store } = workspace.host;
        checkRun(config, inputs, environment);
        await checkRoom(config, inputs.unpruned, workspace.host);
        const baselineOrigin = known ?? (await readModelOrigin(store, modelId)) ?? undefined;
        const now = new Date().toISOString();
        const opened = await openRun(
          { id, config, baselineOrigin, environment, now },
          inputs,
          context.part('', 0, openingShare),
        );
        const journal = await createRun(store, opened);
        const { record } = opened;
        publish({ kind: 'opened', record });
        const bench = benchOf({ workspace, publish }, { ...inputs, teacher }, journal);
        return toItsEnd({ workspace, journal, publish }, () =>
          runRecipe(record, bench, context.part('', openingShare, 1)),
        );
      }),
    );
  },

  resumeRun: ({ runId: id }, scope) => scope.workspace.own(`run/${id}`, () => resumeRun(id, scope)),

  readRun: ({ runId: id }, { workspace }) => loadRun(workspace.host.store, id),

  async analyseRound({ runId: id, arm, round, settings }, { workspace, context }) {
    const record = await loadRun(workspace.host.store, id);
    const find = (name: PredictionsName, part: JobContext) => findPredictions(workspace, record, name, part);
    const analysis = await analyseRound(record, { arm, round }, find, settings, context);
    return { runId: id, arm, round, analysis };
  },

  openTestSplit: ({ runId: id }, { workspace, context }) =>
    workspace.own(`run/${id}`, async () => {
      const { store } = workspace.host;
      const journal = await openRunJournal(store, id);
      const record = recordOf(journal, await storedModels(store));
      const look = await withInputs(workspace, inputsOf(record), (inputs) =>
        openTestSplit(record, viewingBenchOf(workspace, inputs, id), new Date().toISOString(), context),
      );
      const event: RunEvent = { kind: 'test-look', look };
      await journal.append(event);
      return applyRunEvent(record, event);
    }),

  async importRecord({ text }, { workspace }) {
    const { store } = workspace.host;
    const given = markImported(parseRunRecord(text), new Date().toISOString());
    return workspace.own(`run/${given.id}`, async () => {
      const stored = await findRun(store, given.id);
      return keepRecord(store, stored, stored ? mergeRecords(stored, given) : given);
    });
  },
};

/**
 * Goes on with a run that was interrupted. What is damaged of it, or of a finished one, is computed again first.
 * @throws LabError `run-not-resumable` when there is nothing to do; `importance-not-found` for a run with an arm that this lab
 *   cannot compute
 */
async function resumeRun(
  id: RunId,
  { workspace, context, publish }: JobScope<'resumeRun'>,
): Promise<JobResult<'resumeRun'>> {
  const { store } = workspace.host;
  const journal = await openRunJournal(store, id);
  requireImportances(journal.head.config);
  const damage = journal.damage(await storedModels(store));
  const load = (model: ModelId) => loadModel(store, model);
  const models = await findLostModels(journal.run, load, context.part('Checking the rounds', 0, checkingShare));
  if (journal.run.record?.status === 'finished' && !isDamaged({ ...damage, models })) throw nothingToDo(id);
  const { head } = journal;
  const environment = resumedEnvironment(head.environment, workspace.host.environment);
  return withTrainingInputs(workspace, inputsOf(head), async (inputs, teacher) => {
    checkRun(head.config, inputs, environment);
    const opening = context.part('', checkingShare, openingShare);
    if (damage.isOpeningLost) await openAgain(journal, environment, { workspace, inputs }, opening);
    // Events that could not be applied without the opening can be now.
    const opened = damage.isOpeningLost ? await openRunJournal(store, id) : journal;
    for (const event of [...eventsOf(opened.run.record!), ...opened.run.apart]) publish(event);
    const bench = benchOf({ workspace, publish }, { ...inputs, teacher }, opened);
    return toItsEnd({ workspace, journal: opened, publish }, async () => {
      const resumed: RunEvent = { kind: 'resumed', at: new Date().toISOString(), environment };
      await bench.note(resumed);
      const { rounds, looks } = opened.damage(await storedModels(store));
      const goingOn = isDamaged({ ...damage, models }) ? repairShare : openingShare;
      const repairing = context.part('', openingShare, goingOn);
      const { record } = await repairRun(opened.run, { rounds, models, looks }, bench, repairing);
      const rest = context.part('', goingOn, 1);
      // A finished run gets no further rounds, also when the user had ended it early.
      await runRecipe(record!, bench, head.hasFinished ? { ...rest, isFinishing: () => true } : rest);
    });
  });
}

/** Measures the unpruned model of a run again. */
async function openAgain(
  journal: RunJournal,
  environment: Environment,
  { workspace, inputs }: { workspace: Workspace; inputs: RunInputs },
  context: JobContext,
): Promise<void> {
  const { id, config, baselineOrigin, origin, createdAt: now } = journal.head;
  const { record, predictions } = await openRun({ id, config, baselineOrigin, environment, now }, inputs, context);
  await openPredictionShelf(workspace.host.store, id).keep({ split: 'validation', round: null }, predictions);
  // Rounds that came from a file stay marked.
  await journal.append({ kind: 'opened', record: { ...record, ...(origin && { origin }) } });
}

function nothingToDo(id: RunId): LabError {
  return new LabError({
    code: 'run-not-resumable',
    message: `The run ${id} is finished and whole; there is nothing to go on with.`,
    hint: 'Start a new run, for example with more rounds.',
  });
}

/** @throws LabError `importance-not-found` for an arm that this lab knows no ranking of */
function requireImportances({ arms }: RunConfig): void {
  for (const arm of arms) importances.find(arm);
}

/** @throws LabError `exceeds-memory` when a part of the run cannot fit; `model-mismatch` when the model cannot be fine-tuned so */
function checkRun({ score, fineTune }: RunConfig, { unpruned }: RunInputs, { memory }: Environment): void {
  if (fineTune.epochs > 0) requireTrainable(unpruned, fineTune.dropout);
  const tuning = fineTune.epochs > 0 ? [trainingTask('Fine-tuning', unpruned, fineTune.batchSize)] : [];
  checkMemory([...tuning, scoringTask(unpruned, score.batchSize), predictionTask(unpruned)], memory);
}

/** Works on a run. When that is cancelled or fails, the journal keeps the finished rounds and says why. */
async function toItsEnd(
  { workspace, journal, publish }: { workspace: Workspace; journal: RunJournal; publish: (event: RunEvent) => void },
  work: () => Promise<unknown>,
): Promise<JobResult<'runRecipe'>> {
  try {
    await work();
    return { runId: journal.id };
  } catch (thrown) {
    const error = await workspace.explain(thrown);
    const status = error.code === 'cancelled' ? 'cancelled' : 'failed';
    const ended: RunEvent = { kind: 'ended', at: new Date().toISOString(), status, error };
    // What ended the run is what the user must hear of, even when the note of it cannot be stored.
    if (journal.run.record?.status === 'running') {
      await journal.append(ended).catch(() => undefined);
      publish(ended);
    }
    throw fromErrorData(error);
  }
}

const inputsOf = ({ dataset, model }: { dataset: { id: DatasetId }; model: { id: ModelId } }) => ({
  datasetId: dataset.id,
  modelId: model.id,
});

/** Does work with the dataset and the model of a run. @throws LabError when they are not, or no longer, stored here */
function withInputs<T>(
  workspace: Workspace,
  { datasetId, modelId }: Pick<JobParams<'runRecipe'>, 'datasetId' | 'modelId'>,
  work: (inputs: RunInputs) => Promise<T>,
): Promise<T> {
  return workspace.withDataset(datasetId, (dataset) =>
    workspace.withModel(modelId, (unpruned) => work({ dataset, unpruned })),
  );
}

/** The same for what fine-tunes, with the teacher of the model's method. @throws LabError as `withTeacher`, too */
function withTrainingInputs<T>(
  workspace: Workspace,
  ids: Pick<JobParams<'runRecipe'>, 'datasetId' | 'modelId'>,
  work: (inputs: RunInputs, teacher: LabModel | null) => Promise<T>,
): Promise<T> {
  return withInputs(workspace, ids, (inputs) =>
    withTeacher(workspace, methodOf(inputs.unpruned), (teacher) => work(inputs, teacher)),
  );
}

function viewingBenchOf(workspace: Workspace, inputs: RunInputs, id: RunId): ViewingBench {
  return {
    ...inputs,
    loadModel: (model) => workspace.loadModel(model),
    predictions: openPredictionShelf(workspace.host.store, id),
  };
}

/**
 * What a model of a run predicted, as it was kept. Runs of earlier versions kept none, and a file can be damaged: then it is
 * predicted once more and kept, unless there is no room or somebody else is at the run.
 *
 * @throws LabError when it was not kept and the data or the model are not, or no longer, stored here
 */
async function findPredictions(
  workspace: Workspace,
  record: RunRecord,
  name: PredictionsName,
  context: JobContext,
): Promise<Predictions> {
  const { split, round } = name;
  const shelf = openPredictionShelf(workspace.host.store, record.id);
  const kept = await shelf.read(name);
  if (kept) return kept;
  const { datasetId, modelId: unpruned } = inputsOf(record);
  const wanted = round ? requireRound(record, round).modelId : unpruned;
  const predictions = await workspace.withDataset(datasetId, (dataset) =>
    workspace.withModel(wanted, (model) => predictSplit(model, { dataset, split }, context)),
  );
  const keep = async () => {
    // A run that is gone by now keeps nothing.
    await loadRun(workspace.host.store, record.id);
    await shelf.keep(name, predictions);
  };
  await tidyUp(() => unlessInUse(workspace.own(`run/${record.id}`, keep)));
  return predictions;
}

function benchOf(
  { workspace, publish }: { workspace: Workspace; publish: (event: RunEvent) => void },
  { teacher, ...inputs }: RunInputs & Pick<RecipeBench, 'teacher'>,
  journal: RunJournal,
): RecipeBench {
  const { store } = workspace.host;
  return {
    ...viewingBenchOf(workspace, inputs, journal.id),
    teacher,
    saveModel: (model) => saveModel(store, model),
    checkpointSlot: (id, arm, round) => checkpointSlot(store, `${runCheckpointFolder(id)}/${arm}~${round}.bin`),
    async note(event) {
      await journal.append(event);
      publish(event);
    },
  };
}
