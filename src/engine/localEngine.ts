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
  readDataset: 'Reading the dataset',
  readImageSet: 'Reading what is known of the images',
  readRecord: 'Reading a record',
  readThumbnails: 'Reading images',
  loadModel: 'Loading the model',
  setModelUse: 'Storing the model',
  keepRound: 'Storing the model',
  listMethods: 'Listing the methods',
  trainModel: 'Training',
  resumeTraining: 'Training',
  scoreChannels: 'Scoring channels',
  evaluateModel: 'Evaluating',
  scoreSensitivity: 'Scoring with other settings',
  analyseRound: 'Analysing a round',
  auditPredictions: 'Auditing predictions',
  planPruning: 'Planning',
  pruneModel: 'Pruning',
  predict: 'Predicting',
  runRecipe: 'Running',
  resumeRun: 'Resuming',
  readRun: 'Reading the run',
  openTestSplit: 'Opening the test split',
  exportModel: 'Packing the model',
  importRecord: 'Reading the record',
  listInventory: 'Looking at what is stored',
  deleteStored: 'Deleting',
  verifyVectors: 'Checking vectors',
};

/** Jobs that only look something up: they do not wait for the long job that has the device. */
const lookUps: ReadonlySet<JobName> = new Set([
  'listMethods',
  'inspectFiles',
  'previewMapping',
  'readDataset',
  'readImageSet',
  'readRecord',
  'readThumbnails',
  'listInventory',
  'planPruning',
  'readRun',
]);

/** Whether a job changes nothing and is over at once. */
export function isLookUp(job: JobName): boolean {
  return lookUps.has(job);
}

/** The engine in this thread, with what ends it from outside. */
export interface LocalEngine extends LabEngine {
  /**
   * Ends every job with an error from outside, such as a lost device: those under way at their next breath, waiting and later
   * ones at once. What is under way still keeps what it had finished. Settles when all have ended.
   */
  fail(error: LabError): Promise<void>;
}

/**
 * The engine in this very thread. Long jobs run one after the other, in the order they were started.
 *
 * @param workspace where datasets, models and runs are kept
 * @param handlers what does each job
 */
export function createLocalEngine(workspace: Workspace, handlers: JobHandlers): LocalEngine {
  const listeners = new Set<(notice: EngineNotice) => void>();
  /** The jobs under way, each with its end. */
  const active = new Map<JobControl, Promise<unknown>>();
  let failure: LabError | null = null;
  let lastJob: Promise<unknown> = Promise.resolve();
  let count = 0;
  // Jobs wait for it, and fail if it does.
  workspace.repaired().then(tellRepaired, () => undefined);

  function tellRepaired(sentences: string[]): void {
    for (const text of sentences) for (const listener of listeners) listener({ kind: 'log', level: 'info', text });
  }

  function start<J extends JobName>(job: J, params: JobParams<J>, listener: JobListener<J> = {}): JobHandle<J> {
    const control = createJobControl(jobLabels[job], (progress) => listener.progress?.(progress));
    const work = () => {
      const ended = run(job, params, control, listener);
      active.set(control, ended);
      return ended.finally(() => active.delete(control));
    };
    count += 1;
    const id = `${job}-${count}`;
    if (isLookUp(job)) return { id, result: work(), ...steering(control) };
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
    try {
      await workspace.repaired();
      await control.context.breathe();
      if (failure) throw failure;
      const result = await handlers[job](params, {
        workspace,
        context: control.context,
        publish: (partial) => listener.partial?.(partial),
      });
      // What was computed before the failure was noticed may be wrong.
      if (failure) throw failure;
      control.finish();
      return result;
    } catch (thrown) {
      const error = failure ? toErrorData(failure) : await workspace.explain(thrown);
      throw fromErrorData({ ...error, stage: error.stage ?? jobLabels[job].toLowerCase() });
    }
  }

  function cancelAll(): void {
    for (const control of active.keys()) control.cancel();
  }

  return {
    start,
    subscribe(listener) {
      listeners.add(listener);
      listener({ kind: 'ready', environment: workspace.host.environment });
      return () => listeners.delete(listener);
    },
    restart: cancelAll,
    dispose() {
      cancelAll();
      listeners.clear();
    },
    async fail(error) {
      failure = error;
      for (const control of active.keys()) control.fail(error);
      await Promise.allSettled([...active.values(), lastJob]);
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
