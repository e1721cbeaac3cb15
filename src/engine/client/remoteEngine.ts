import { fromErrorData, type LabErrorData, toErrorData } from '../../foundation/labError';
import type { EngineNotice, JobHandle, JobListener, LabEngine } from '../labEngine';
import type { JobName, JobParams, JobPartial, JobResult } from '../protocol/jobMap';
import {
  type EngineEvent,
  type EngineRequest,
  type EngineWishes,
  type JobEvent,
  protocolVersion,
} from '../protocol/messages';

/** A worker as the client sees it. */
export interface EngineWorker {
  postMessage(request: EngineRequest): void;
  terminate(): void;
}

/** Starts a worker whose events go to `receive`, and whose crash goes to `crashed`. */
export type SpawnWorker = (receive: (event: EngineEvent) => void, crashed: (reason: string) => void) => EngineWorker;

interface PendingJob {
  listener: JobListener<JobName>;
  resolve(result: JobResult<JobName>): void;
  reject(error: Error): void;
  lastSeq: number;
  cancelTimer: ReturnType<typeof setTimeout> | null;
}

/** How many workers in a row may end before one was ready. */
const maxFruitlessStarts = 3;

/** How long a cancelled job may take to end before its worker is ended. */
const defaultCancelLimitMs = 5000;

/**
 * The engine on the far side of a worker. Every job settles exactly once, also when the worker crashes, loses its device
 * or stops answering: then all pending jobs are rejected and a new worker takes over.
 */
export function createRemoteEngine(
  spawn: SpawnWorker,
  wishes: EngineWishes,
  cancelLimitMs = defaultCancelLimitMs,
): LabEngine {
  const jobs = new Map<string, PendingJob>();
  const listeners = new Set<(notice: EngineNotice) => void>();
  let standing: EngineNotice | null = null;
  let greeted = false;
  let fruitlessStarts = 0;
  let count = 0;
  let worker = startWorker();

  function startWorker(): EngineWorker {
    greeted = false;
    let current = true;
    const mine = spawn(
      (event) => {
        if (current) receive(event);
      },
      (reason) => {
        if (current) replace(crashed(reason));
      },
    );
    mine.postMessage({ kind: 'open', wishes });
    return {
      postMessage: (request) => mine.postMessage(request),
      terminate() {
        current = false;
        mine.terminate();
      },
    };
  }

  function receive(event: EngineEvent): void {
    switch (event.kind) {
      case 'hello':
        greeted = true;
        if (event.version !== protocolVersion) giveUp(otherVersion(event.version));
        return;
      case 'notice':
        announce(event.notice);
        return;
      case 'deviceLost':
        replace(event.error);
        return;
      default:
        receiveJobEvent(event);
    }
  }

  function receiveJobEvent(event: JobEvent): void {
    const job = jobs.get(event.id);
    if (!job || event.seq <= job.lastSeq) return;
    job.lastSeq = event.seq;
    switch (event.kind) {
      case 'accepted':
        return;
      case 'progress':
        job.listener.progress?.(event.progress);
        return;
      case 'partial':
        job.listener.partial?.(event.partial as never);
        return;
      case 'done':
        forget(event.id, job);
        job.resolve(event.result);
        return;
      case 'failed':
      case 'cancelled':
        forget(event.id, job);
        job.reject(fromErrorData(event.error));
        // A full WASM memory never shrinks again, and what broke off inside it is in no known state.
        if (event.error.code === 'out-of-memory') replace(event.error);
    }
  }

  function forget(id: string, job: PendingJob): void {
    if (job.cancelTimer !== null) clearTimeout(job.cancelTimer);
    jobs.delete(id);
  }

  function rejectAll(error: LabErrorData): void {
    for (const [id, job] of jobs) {
      forget(id, job);
      job.reject(fromErrorData(error));
    }
  }

  function announce(notice: EngineNotice): void {
    if (notice.kind === 'ready' || notice.kind === 'unusable') standing = notice;
    if (notice.kind === 'ready') fruitlessStarts = 0;
    for (const listener of listeners) listener(notice);
  }

  /** Ends the worker and starts another, unless the last ones came to nothing too: then a new one would as well. */
  function replace(error: LabErrorData): void {
    if (!greeted || fruitlessStarts >= maxFruitlessStarts) return giveUp(error);
    fruitlessStarts += 1;
    worker.terminate();
    rejectAll(error);
    worker = startWorker();
    announce({ kind: 'restarted', error });
  }

  function giveUp(error: LabErrorData): void {
    worker.terminate();
    rejectAll(error);
    announce({ kind: 'unusable', error });
  }

  function start<J extends JobName>(job: J, params: JobParams<J>, listener: JobListener<J> = {}): JobHandle<J> {
    count += 1;
    const id = `${job}-${count}`;
    const result = new Promise<JobResult<J>>((resolve, reject) => {
      const pending: PendingJob = {
        listener: {
          progress: listener.progress,
          partial: (partial) => listener.partial?.(partial as JobPartial<J>),
        },
        resolve: (value) => resolve(value as JobResult<J>),
        reject,
        lastSeq: -1,
        cancelTimer: null,
      };
      if (standing?.kind === 'unusable') return reject(fromErrorData(standing.error));
      jobs.set(id, pending);
      try {
        worker.postMessage({ kind: 'start', id, job, params });
      } catch (error) {
        jobs.delete(id);
        reject(fromErrorData(toErrorData(error, job)));
      }
    });
    return {
      id,
      result,
      cancel() {
        const pending = jobs.get(id);
        if (!pending || pending.cancelTimer !== null) return;
        worker.postMessage({ kind: 'cancel', id });
        pending.cancelTimer = setTimeout(() => replace(unresponsive(cancelLimitMs)), cancelLimitMs);
      },
      pause: () => jobs.has(id) && worker.postMessage({ kind: 'pause', id }),
      resume: () => jobs.has(id) && worker.postMessage({ kind: 'resume', id }),
      finishNow: () => jobs.has(id) && worker.postMessage({ kind: 'finishNow', id }),
    };
  }

  return {
    start,
    subscribe(listener) {
      listeners.add(listener);
      if (standing) listener(standing);
      return () => listeners.delete(listener);
    },
    dispose() {
      worker.terminate();
      rejectAll({ code: 'cancelled', message: 'The engine was closed.', hint: 'Open the page again.' });
      listeners.clear();
    },
  };
}

function crashed(reason: string): LabErrorData {
  return {
    code: 'worker-crashed',
    message: 'The computing worker crashed; a new one has been started.',
    hint: 'Go on from the last checkpoint: trainings and runs are kept after every epoch.',
    cause: reason,
  };
}

function unresponsive(limitMs: number): LabErrorData {
  return {
    code: 'worker-unresponsive',
    message: `The computing worker did not stop within ${limitMs / 1000} s and was ended; a new one has been started.`,
    hint: 'Finished epochs and rounds are kept. Go on with the training or the run, or start again.',
  };
}

function otherVersion(found: number): LabErrorData {
  return {
    code: 'protocol-mismatch',
    message: `The page speaks version ${protocolVersion} and its worker version ${found}.`,
    hint: 'Reload the page without its cache.',
    details: { expected: protocolVersion, found },
  };
}
