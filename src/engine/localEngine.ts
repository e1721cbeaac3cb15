import { createJobControl } from '../foundation/createJobControl';
import type { JobControl } from '../foundation/jobContext';
import { fromErrorData, LabError, toErrorData } from '../foundation/labError';
import type { JobHandlers } from './jobs/jobHandler';
import type { EngineNotice, JobHandle, JobListener, LabEngine } from './labEngine';
import type { JobName, JobParams, JobResult } from './protocol/jobMap';
import type { Workspace } from './workspace';

/** What a job is called while it has not named a stage of its own. */
const jobLabels: Record<JobName, string> = {
  inspectFiles: 'Looking at the files',
  importFiles: 'Importing',
  previewMapping: 'Mapping',
  remapDataset: 'Mapping anew',
  generateDemo: 'Generating the demo',
  readImageSet: 'Reading what is known of the images',
  readRecord: 'Reading a record',
  readThumbnails: 'Reading images',
  loadModel: 'Loading the model',
  setModelUse: 'Storing the model',
  keepRound: 'Storing the model',
  trainModel: 'Training',
  resumeTraining: 'Training',
  scoreChannels: 'Scoring channels',
  evaluateModel: 'Evaluating',
  scoreSensitivity: 'Scoring with other settings',
  analyseRound: 'Analysing a round',
  analysePredictions: 'Analysing predictions',
  auditPredictions: 'Auditing predictions',
  planPruning: 'Planning',
  pruneModel: 'Pruning',
  predict: 'Predicting',
  runRecipe: 'Running',
  resumeRun: 'Resuming',
  openTestSplit: 'Opening the test split',
  exportModel: 'Packing the model',
  importRecord: 'Reading the record',
  listInventory: 'Looking at what is stored',
  deleteStored: 'Deleting',
  verifyVectors: 'Checking vectors',
};

/** Jobs that only look something up: they do not wait for the long job that has the device. */
const immediateJobs: ReadonlySet<JobName> = new Set([
  'inspectFiles',
  'previewMapping',
  'readImageSet',
  'readRecord',
  'readThumbnails',
  'listInventory',
  'planPruning',
]);

/**
 * The engine in this very thread. Long jobs run one after the other, in the order they were started.
 *
 * @param workspace where datasets, models and runs are kept
 * @param handlers what does each job
 */
export function createLocalEngine(workspace: Workspace, handlers: JobHandlers): LabEngine {
  const listeners = new Set<(notice: EngineNotice) => void>();
  const active = new Set<JobControl>();
  let lastJob: Promise<unknown> = Promise.resolve();
  let count = 0;
  // Jobs wait for it, and fail if it does.
  workspace.repaired().then(tellRepaired, () => undefined);

  function tellRepaired(sentences: string[]): void {
    for (const text of sentences) for (const listener of listeners) listener({ kind: 'log', level: 'info', text });
  }

  function start<J extends JobName>(job: J, params: JobParams<J>, listener: JobListener<J> = {}): JobHandle<J> {
    const control = createJobControl(jobLabels[job], (progress) => listener.progress?.(progress));
    const work = () => run(job, params, control, listener);
    count += 1;
    const id = `${job}-${count}`;
    if (immediateJobs.has(job)) return { id, result: work(), ...steering(control) };
    const cancelled = rejectedOnCancel(control);
    const turn = lastJob.then(() => {
      cancelled.started();
      return work();
    });
    lastJob = turn.catch(() => undefined);
    return { id, result: Promise.race([turn, cancelled.whileWaiting]), ...steering(control), cancel: cancelled.cancel };
  }

  async function run<J extends JobName>(
    job: J,
    params: JobParams<J>,
    control: JobControl,
    listener: JobListener<J>,
  ): Promise<JobResult<J>> {
    active.add(control);
    try {
      await workspace.repaired();
      await control.context.breathe();
      const result = await handlers[job](params, {
        workspace,
        context: control.context,
        publish: (partial) => listener.partial?.(partial),
      });
      control.finish();
      return result;
    } catch (error) {
      throw fromErrorData(toErrorData(error, jobLabels[job].toLowerCase()));
    } finally {
      active.delete(control);
    }
  }

  return {
    start,
    subscribe(listener) {
      listeners.add(listener);
      listener({ kind: 'ready', environment: workspace.host.environment });
      return () => listeners.delete(listener);
    },
    dispose() {
      for (const control of active) control.cancel();
      listeners.clear();
    },
  };
}

function steering({ cancel, pause, resume, finishNow }: JobControl) {
  return { cancel, pause, resume, finishNow };
}

/** A job that is cancelled before its turn ends at once, not after the job it waits for. */
function rejectedOnCancel(control: JobControl) {
  let waiting = true;
  let reject: (error: Error) => void = () => undefined;
  const whileWaiting = new Promise<never>((_, rejectPromise) => {
    reject = rejectPromise;
  });
  return {
    whileWaiting,
    started() {
      waiting = false;
    },
    cancel() {
      control.cancel();
      if (!waiting) return;
      reject(
        new LabError({
          code: 'cancelled',
          message: 'The job was cancelled before it began.',
          hint: 'Start it again when you are ready.',
        }),
      );
    },
  };
}
