import { type RunId, runId } from '../../foundation/ids';
import type { JobContext } from '../../foundation/jobContext';
import { fromErrorData, LabError } from '../../foundation/labError';
import { requireTrainable } from '../../model/forwardTraining';
import { saveModel } from '../../model/modelStore';
import { analyseRound } from '../../recipe/analyseRound';
import { mergeRecords } from '../../recipe/mergeRecords';
import { openRun } from '../../recipe/openRun';
import { openTestSplit } from '../../recipe/openTestSplit';
import { parseRunRecord } from '../../recipe/parseRunRecord';
import type { RecipeBench } from '../../recipe/recipeBench';
import { resumedEnvironment } from '../../recipe/resumedEnvironment';
import { listRuns, loadRun, runCheckpointFolder, saveRun } from '../../recipe/runArchive';
import type { RunConfig } from '../../recipe/runConfig';
import { runRecipe } from '../../recipe/runRecipe';
import type { Environment, RunRecord } from '../../recipe/runRecord';
import { checkpointSlot } from '../../training/checkpointSlot';
import { checkMemory } from '../checkMemory';
import { checkRoom } from '../checkRoom';
import { loadStoredModel } from '../loadStoredModel';
import { predictionTask, scoringTask, trainingTask } from '../memoryTasks';
import type { Workspace } from '../workspace';
import type { JobHandlers } from './jobHandler';

/** Share of a run's time that scoring and evaluating the unpruned model takes, for the progress bar. */
const openingShare = 0.05;

export const runJobs: Pick<JobHandlers, 'runRecipe' | 'resumeRun' | 'analyseRound' | 'openTestSplit' | 'importRecord'> =
  {
    runRecipe({ datasetId, modelId, config }, { workspace, context, publish }) {
      const id = runId(crypto.randomUUID().slice(0, 8));
      return workspace.own(`run/${id}`, () =>
        withBench(workspace, { datasetId, modelId }, async (bench) => {
          const { environment } = workspace.host;
          checkRun(config, bench, environment);
          await checkRoom(config, bench.unpruned, workspace.host);
          const now = new Date().toISOString();
          const opened = await openRun({ id, config, environment, now }, bench, context.part('', 0, openingShare));
          const rounds = context.part('', openingShare, 1);
          return finishRun(opened, { workspace, bench, context: rounds }, (record) => publish({ record }));
        }),
      );
    },

    resumeRun: ({ runId: id }, { workspace, context, publish }) =>
      workspace.own(`run/${id}`, async () => {
        const record = await loadRun(workspace.host.store, id);
        if (record.status === 'finished') throw alreadyFinished(id);
        const environment = resumedEnvironment(record.environment, workspace.host.environment);
        return withRun(workspace, record, async (bench) => {
          checkRun(record.config, bench, environment);
          return finishRun({ ...record, environment }, { workspace, bench, context }, (now) =>
            publish({ record: now }),
          );
        });
      }),

    async analyseRound({ runId: id, arm, round, settings }, { workspace, context }) {
      const record = await loadRun(workspace.host.store, id);
      const analysis = await withRun(workspace, record, (bench) =>
        analyseRound(record, { arm, round }, bench, settings, context),
      );
      return { runId: id, arm, round, analysis };
    },

    openTestSplit: ({ runId: id }, { workspace, context }) =>
      workspace.own(`run/${id}`, async () => {
        const record = await loadRun(workspace.host.store, id);
        return withRun(workspace, record, async (bench) => {
          const looked = await openTestSplit(record, bench, new Date().toISOString(), context);
          await bench.saveRecord(looked);
          return looked;
        });
      }),

    async importRecord({ text }, { workspace }) {
      const { store } = workspace.host;
      const given = parseRunRecord(text);
      return workspace.own(`run/${given.id}`, async () => {
        const stored = (await listRuns(store)).runs.find(({ id }) => id === given.id);
        const record = stored ? mergeRecords(stored, given) : given;
        await saveRun(store, record);
        return record;
      });
    },
  };

function alreadyFinished(id: RunId): LabError {
  return new LabError({
    code: 'run-not-resumable',
    message: `The run ${id} is finished; there is nothing to go on with.`,
    hint: 'Start a new run, for example with more rounds.',
  });
}

/** @throws LabError `exceeds-memory` when a part of the run cannot fit; `model-mismatch` when the model cannot be fine-tuned so */
function checkRun({ score, fineTune }: RunConfig, { unpruned }: RecipeBench, { memory }: Environment): void {
  if (fineTune.epochs > 0) requireTrainable(unpruned, fineTune.dropout);
  const tuning = fineTune.epochs > 0 ? [trainingTask('Fine-tuning', unpruned, fineTune.batchSize)] : [];
  checkMemory([...tuning, scoringTask(unpruned, score.batchSize), predictionTask(unpruned)], memory);
}

/** Runs the recipe to its end. When it is cancelled or fails, the record keeps the finished rounds and says why. */
async function finishRun(
  record: RunRecord,
  { workspace, bench, context }: { workspace: Workspace; bench: RecipeBench; context: JobContext },
  publish: (record: RunRecord) => void,
): Promise<RunRecord> {
  let last = record;
  try {
    return await runRecipe(record, bench, context, (now) => {
      last = now;
      publish(now);
    });
  } catch (thrown) {
    const error = await workspace.explain(thrown);
    const status = error.code === 'cancelled' ? 'cancelled' : 'failed';
    const ended: RunRecord = { ...last, status, error, updatedAt: new Date().toISOString() };
    publish(ended);
    // What ended the run is what the user must hear of, even when the note of it cannot be stored.
    await bench.saveRecord(ended).catch(() => undefined);
    throw fromErrorData(error);
  }
}

/** The bench of a stored run. @throws LabError when its dataset or model is no longer stored here */
function withRun<T>(workspace: Workspace, record: RunRecord, work: (bench: RecipeBench) => Promise<T>): Promise<T> {
  return withBench(workspace, { datasetId: record.dataset.id, modelId: record.model.id }, work);
}

function withBench<T>(
  workspace: Workspace,
  { datasetId, modelId }: Pick<Parameters<JobHandlers['runRecipe']>[0], 'datasetId' | 'modelId'>,
  work: (bench: RecipeBench) => Promise<T>,
): Promise<T> {
  const { store } = workspace.host;
  return workspace.withDataset(datasetId, (dataset) =>
    workspace.withModel(modelId, (unpruned) =>
      work({
        dataset,
        unpruned,
        saveModel: (model) => saveModel(store, model),
        loadModel: (id) => loadStoredModel(store, id),
        checkpointSlot: (id, arm, round) => checkpointSlot(store, `${runCheckpointFolder(id)}/${arm}~${round}.bin`),
        saveRecord: (record) => saveRun(store, record),
      }),
    ),
  );
}
