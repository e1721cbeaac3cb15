import type { JobContext } from '../../foundation/jobContext';
import type { JobName, JobParams, JobPartial, JobResult } from '../protocol/jobMap';
import type { Workspace } from '../workspace';

/** What a job's handler works with. */
export interface JobScope<J extends JobName> {
  workspace: Workspace;
  context: JobContext;
  publish(partial: JobPartial<J>): void;
}

/** Does a job. Throws to fail it. */
export type JobHandler<J extends JobName> = (params: JobParams<J>, scope: JobScope<J>) => Promise<JobResult<J>>;

/** One handler for every job: a job without one does not compile. */
export type JobHandlers = { [J in JobName]: JobHandler<J> };
