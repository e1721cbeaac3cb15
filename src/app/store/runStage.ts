import type { JobName, JobParams, JobPartial, JobResult } from '../../engine/protocol/jobMap';
import type { DoneEvent, LabEvent } from './labEvent';
import type { StageName } from './labState';

/** How an action starts a stage's job. Settles when the job has ended, well (with its result) or not (with null). */
export type RunStage = <J extends JobName>(
  stage: StageName,
  job: J,
  params: JobParams<J>,
  toEvent: (result: JobResult<J>, jobId: string) => DoneEvent,
  partial?: (partial: JobPartial<J>, jobId: string) => LabEvent,
) => Promise<JobResult<J> | null>;

/** What steers the job of a stage while it runs. */
export interface StageControl {
  cancel(stage: StageName): void;
  pause(stage: StageName): void;
  resume(stage: StageName): void;
  /** Asks a training or a run to come to its end now and keep the best it has. */
  finishNow(stage: StageName): void;
}
