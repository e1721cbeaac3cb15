import type { Progress } from '../../foundation/jobContext';
import type { LabErrorData } from '../../foundation/labError';
import type { EngineNotice } from '../labEngine';
import type { JobName, JobParams, JobPartial, JobResult } from './jobMap';

/** Raised whenever a message changes its shape; page and worker refuse to talk across versions. */
export const protocolVersion = 9;

export interface StartRequest<J extends JobName = JobName> {
  kind: 'start';
  id: string;
  job: J;
  params: JobParams<J>;
}

/** What the page asks of the engine as a whole. */
export interface EngineWishes {
  /** The backend to use if it can be had; null leaves the choice to the engine. */
  backend: 'webgpu' | 'wasm' | null;
}

/** Page to worker. `open` comes first and once; the worker answers it with `hello`. */
export type EngineRequest =
  | { kind: 'open'; wishes: EngineWishes }
  | StartRequest
  | { kind: 'cancel' | 'pause' | 'resume' | 'finishNow'; id: string };

/** What happens to one job: `accepted`, any number of `progress` and `partial`, then exactly one of the others. */
export type JobEventBody =
  | { kind: 'accepted' }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'partial'; partial: JobPartial<JobName> }
  | { kind: 'done'; result: JobResult<JobName> }
  | { kind: 'failed'; error: LabErrorData }
  | { kind: 'cancelled'; error: LabErrorData };

/** `seq` counts a job's events from 0. */
export type JobEvent = { id: string; seq: number } & JobEventBody;

/** Worker to page. */
export type EngineEvent =
  | JobEvent
  /** `lifeLock` names the Web Lock that the worker holds for as long as it lives; null where the browser has none. */
  | { kind: 'hello'; version: number; lifeLock: string | null }
  /** Says that the worker lives, from a timer, while a job is under way. A long step holds it up. */
  | { kind: 'heartbeat' }
  | { kind: 'notice'; notice: EngineNotice }
  /** The device is gone; this worker can do no more. */
  | { kind: 'deviceLost'; error: LabErrorData };

/** The half of a `Worker`, `MessagePort` or worker scope that the protocol uses. */
export interface Port<Incoming, Outgoing> {
  postMessage(message: Outgoing): void;
  addEventListener(type: 'message', listener: (event: { data: Incoming }) => void): void;
}
