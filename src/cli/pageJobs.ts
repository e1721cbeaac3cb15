import type { JobListener } from '../engine/labEngine';
import type { JobName, JobParams, JobPartial, JobResult } from '../engine/protocol/jobMap';
import { fromErrorData, type LabError } from '../foundation/labError';
import type { Environment } from '../recipe/runRecord';
import { cancelledError } from './cancelledError';
import type { PageMessage } from './page/pageApi';

/** The headless page, as far as jobs need it. */
export interface JobPage {
  /** Puts one folder, or files, into the page's inputs, and nothing else. */
  choose(paths: string[]): Promise<void>;
  start(call: number, job: JobName, params: object): Promise<void>;
  cancel(call: number): Promise<void>;
}

/** How a job is run, besides its parameters. */
export interface RunOptions<J extends JobName> {
  /** Files, or one folder, that fill the job's `files`. */
  paths?: string[];
  listener?: JobListener<J>;
  /** Also after a cancel, to keep what had finished. */
  despiteCancel?: boolean;
}

/** The jobs of one page. */
export interface PageJobs {
  /** Rejects when nothing there can compute, or the page fails first. */
  environment: Promise<Environment>;
  /** Runs a job to its end. @throws LabError `cancelled` after {@link cancel}, unless `despiteCancel` */
  run<J extends JobName>(job: J, params: JobParams<J>, options?: RunOptions<J>): Promise<JobResult<J>>;
  /** Cancels the job under way, and every later one. */
  cancel(): void;
  receive(message: PageMessage): void;
  /** Says that the page is gone: jobs under way, and every later one, end with this error. */
  fail(error: LabError): void;
}

/** A job's result as it arrives: made files have their bytes as base64. */
type Pending = { resolve(result: unknown): void; reject(error: Error): void; listener: JobListener<JobName> };

export function createPageJobs(page: JobPage): PageJobs {
  const pending = new Map<number, Pending>();
  let calls = 0;
  let isCancelled = false;
  let failure: LabError | null = null;

  let ready: (environment: Environment) => void = () => undefined;
  let unusable: (error: LabError) => void = () => undefined;
  const environment = new Promise<Environment>((resolve, reject) => {
    ready = resolve;
    unusable = reject;
  });
  // It can reject before anyone waits for it; whoever waits later still hears of it.
  environment.catch(() => undefined);

  function refuse(despiteCancel: boolean): void {
    if (failure) throw failure;
    if (isCancelled && !despiteCancel) throw cancelledError();
  }

  function take(call: number): Pending | undefined {
    const job = pending.get(call);
    pending.delete(call);
    return job;
  }

  return {
    environment,
    async run<J extends JobName>(
      job: J,
      params: JobParams<J>,
      { paths = [], listener = {}, despiteCancel = false }: RunOptions<J> = {},
    ) {
      refuse(despiteCancel);
      await page.choose(paths);
      refuse(despiteCancel);
      calls += 1;
      const call = calls;
      return new Promise<JobResult<J>>((resolve, reject) => {
        pending.set(call, {
          resolve: (result) => resolve(result as JobResult<J>),
          reject,
          listener: {
            progress: listener.progress,
            partial: (partial) => listener.partial?.(partial as JobPartial<J>),
          },
        });
        page.start(call, job, params).catch((error: Error) => take(call)?.reject(error));
      });
    },
    cancel() {
      isCancelled = true;
      // A page that cannot be reached any more has failed its jobs, or is about to.
      for (const call of pending.keys()) page.cancel(call).catch(() => undefined);
    },
    receive(message) {
      switch (message.kind) {
        case 'notice':
          if (message.notice.kind === 'ready') ready(message.notice.environment);
          else if (message.notice.kind === 'unusable') unusable(fromErrorData(message.notice.error));
          return;
        case 'progress':
          pending.get(message.call)?.listener.progress?.(message.progress);
          return;
        case 'partial':
          pending.get(message.call)?.listener.partial?.(message.partial as never);
          return;
        case 'done':
          take(message.call)?.resolve(withBytes(message.result));
          return;
        case 'failed':
          take(message.call)?.reject(fromErrorData(message.error));
      }
    },
    fail(error) {
      failure = error;
      unusable(error);
      for (const call of pending.keys()) take(call)?.reject(error);
    },
  };
}

function withBytes(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || !('bytes' in result) || typeof result.bytes !== 'string')
    return result;
  const bytes = Buffer.from(result.bytes, 'base64');
  return { ...result, bytes: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) };
}
