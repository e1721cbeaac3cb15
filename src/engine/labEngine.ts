import type { Progress } from '../foundation/jobContext';
import type { LabErrorData } from '../foundation/labError';
import type { Environment } from '../recipe/runRecord';
import type { JobName, JobParams, JobPartial, JobResult } from './protocol/jobMap';
import type { ElsewhereNotice } from './protocol/tabNews';

/** A job under way. */
export interface JobHandle<J extends JobName> {
  id: string;
  /** Settles exactly once. Rejects with a LabError. */
  result: Promise<JobResult<J>>;
  cancel(): void;
  pause(): void;
  resume(): void;
  /** Asks the job to come to its end now and keep the best it has: training and runs do. */
  finishNow(): void;
}

/** Called while a job is under way, in order. */
export interface JobListener<J extends JobName> {
  progress?(progress: Progress): void;
  partial?(partial: JobPartial<J>): void;
}

/** What the engine says of itself, outside any job. */
export type EngineNotice =
  | { kind: 'ready'; environment: Environment }
  | { kind: 'log'; level: 'info' | 'warn'; text: string }
  /**
   * Pending jobs have been rejected and a new worker has been started: the device or the worker was lost, or the user asked
   * for it (null).
   */
  | { kind: 'restarted'; error: LabErrorData | null }
  /** A job is under way and nothing has been heard of the worker for so long. Comes again while it lasts. */
  | { kind: 'silent'; silentMs: number }
  /** The worker that was silent is heard of again. */
  | { kind: 'heard' }
  /** No engine can be had on this machine; every job fails with this error. */
  | { kind: 'unusable'; error: LabErrorData }
  | ElsewhereNotice;

/**
 * The compute core behind one interface. The page, the command line and the tests use nothing else of it: in the page
 * it runs in a worker (`client/workerEngine`), in tests in process (`localEngine`).
 */
export interface LabEngine {
  start<J extends JobName>(job: J, params: JobParams<J>, listener?: JobListener<J>): JobHandle<J>;
  /** Returns the function that ends the subscription. A notice `ready` that was missed is repeated. */
  subscribe(listener: (notice: EngineNotice) => void): () => void;
  /** Ends everything under way and begins anew, in a new worker where there is one. Pending jobs are rejected. */
  restart(): void;
  dispose(): void;
}
