import type { JobName, JobParams, JobPartial, JobResult } from '../../engine/protocol/jobMap';
import type { LabEvent } from './labEvent';
import type { StageName, StageResults } from './labState';

/** What becomes of what a stage's job gives. */
export interface JobOutcome<S extends StageName, J extends JobName> {
  /** What the stage keeps of the result; all of it when left out. */
  keep?: (result: JobResult<J>) => StageResults[S];
  /** Null where nothing is to be shown. */
  partial?: (partial: JobPartial<J>, jobId: string) => LabEvent | null;
}

/** What is to be kept must be said where the job gives something else than the stage holds. */
type Outcome<S extends StageName, J extends JobName> =
  JobResult<J> extends StageResults[S]
    ? [outcome?: JobOutcome<S, J>]
    : [outcome: JobOutcome<S, J> & Required<Pick<JobOutcome<S, J>, 'keep'>>];

/** How an action starts a stage's job. Settles when the job has ended, well (with its result) or not (with null). */
export type RunStage = <S extends StageName, J extends JobName>(
  stage: S,
  job: J,
  params: JobParams<J>,
  ...outcome: Outcome<S, J>
) => Promise<JobResult<J> | null>;

/** What steers the job of a stage while it runs. */
export interface StageControl {
  cancel(stage: StageName): void;
  pause(stage: StageName): void;
  resume(stage: StageName): void;
  /** Asks a training or a run to come to its end now and keep the best it has. */
  finishNow(stage: StageName): void;
}
