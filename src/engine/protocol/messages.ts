import type { Progress } from '../../foundation/jobContext';
import type { LabErrorData } from '../../foundation/labError';
import type { EngineNotice } from '../labEngine';
import type { JobName, JobParams, JobPartial, JobResult } from './jobMap';

/** Raised whenever a message changes its shape; page and worker refuse to talk across versions. */
export const protocolVersion = 1;

export type StartRequest = { [J in JobName]: { kind: 'start'; id: string; job: J; params: JobParams<J> } }[JobName];

/** Page to worker. */
export type EngineRequest = StartRequest | { kind: 'cancel' | 'pause' | 'resume'; id: string };

/** Worker to page, about one job: `accepted`, any number of `progress` and `partial`, then exactly one end. */
export type JobEvent = { id: string; seq: number } & (
  | { kind: 'accepted' }
  | { kind: 'progress'; progress: Progress }
  | { [J in JobName]: { kind: 'partial'; job: J; partial: JobPartial<J> } }[JobName]
  | { [J in JobName]: { kind: 'done'; job: J; result: JobResult<J> } }[JobName]
  | { kind: 'failed'; error: LabErrorData }
  | { kind: 'cancelled'; error: LabErrorData }
);

/** Worker to page. */
export type EngineEvent = JobEvent | { kind: 'hello'; version: number } | { kind: 'notice'; notice: EngineNotice };
