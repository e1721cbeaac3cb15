import type { JobHandle, JobListener, LabEngine } from '../engine/labEngine';
import type { JobName, JobParams, JobResult, LabFile } from '../engine/protocol/jobMap';
import { cancelledError } from './cancelledError';

/** How a job is run, besides its parameters. */
export interface RunOptions<J extends JobName> {
  /** Files and folders that fill the job's empty `files`. */
  paths?: string[];
  listener?: JobListener<J>;
  /** Also after a cancel, to keep what had finished. */
  despiteCancel?: boolean;
}

/** An engine's jobs as commands run them. */
export interface EngineJobs {
  /** Runs a job to its end. @throws LabError `cancelled` after {@link cancel}, unless `despiteCancel` */
  run<J extends JobName>(job: J, params: JobParams<J>, options?: RunOptions<J>): Promise<JobResult<J>>;
  /** Cancels the jobs under way, and every later one. */
  cancel(): void;
}

/** @param listFiles opens files and folders as a job takes them */
export function createEngineJobs(
  engine: Pick<LabEngine, 'start'>,
  listFiles: (paths: readonly string[]) => Promise<LabFile[]>,
): EngineJobs {
  const handles = new Set<JobHandle<JobName>>();
  let isCancelled = false;

  return {
    async run<J extends JobName>(
      job: J,
      params: JobParams<J>,
      { paths = [], listener = {}, despiteCancel = false }: RunOptions<J> = {},
    ) {
      const refuse = () => {
        if (isCancelled && !despiteCancel) throw cancelledError();
      };
      refuse();
      const files = paths.length > 0 ? await listFiles(paths) : [];
      refuse();
      const handle = engine.start(job, withFiles(params, files), listener);
      handles.add(handle);
      try {
        return await handle.result;
      } finally {
        handles.delete(handle);
      }
    },
    cancel() {
      isCancelled = true;
      for (const handle of handles) handle.cancel();
    },
  };
}

/** Puts files where a job expects them: into an empty `files`, also inside `source`. */
function withFiles<P extends object>(params: P, files: LabFile[]): P {
  if ('files' in params) {
    const isEmpty = Array.isArray(params.files) && params.files.length === 0;
    return isEmpty ? { ...params, files } : params;
  }
  if ('source' in params && typeof params.source === 'object' && params.source !== null) {
    return { ...params, source: withFiles(params.source, files) };
  }
  return params;
}
