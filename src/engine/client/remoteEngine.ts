import { fromErrorData, type LabErrorCode, type LabErrorData, toErrorData } from '../../foundation/labError';
import type { EngineNotice, JobHandle, JobListener, LabEngine } from '../labEngine';
import type { JobName, JobParams, JobPartial, JobResult } from '../protocol/jobMap';
import {
  type EngineEvent,
  type EngineRequest,
  type EngineWishes,
  type JobEvent,
  protocolVersion,
} from '../protocol/messages';
import { watchLife } from './watchLife';
import { watchSilence } from './watchSilence';
import { endedByUser, neverStarted, otherVersion, unresponsive, withSuccessor, workerEnded } from './workerErrors';

/** A worker as the client sees it. */
export interface EngineWorker {
  postMessage(request: EngineRequest): void;
  terminate(): void;
}

/** Starts a worker whose events go to `receive`, and whose crash goes to `crashed`. */
export type SpawnWorker = (
  receive: (event: EngineEvent) => void,
  crashed: (error: LabErrorData) => void,
) => EngineWorker;

/** By what, and after how long, the page sees that something is wrong with its worker. */
export interface Supervision {
  /** The browser's locks: a worker's own is free once it has ended. Null in a page that is in no secure context. */
  locks: Pick<LockManager, 'request'> | null;
  /** How long a worker may take to say hello, before it is given up. */
  helloLimitMs: number;
  /** How long a cancelled job may take to end, before its worker is ended. */
  cancelLimitMs: number;
  /** How long nothing may be heard of a worker that has a job, before the page says so. */
  silenceLimitMs: number;
}

const usualSupervision: Supervision = {
  locks: null,
  helloLimitMs: 30_000,
  cancelLimitMs: 5000,
  silenceLimitMs: 60_000,
};

interface PendingJob {
  listener: JobListener<JobName>;
  resolve(result: JobResult<JobName>): void;
  reject(error: Error): void;
  lastSeq: number;
  cancelTimer: ReturnType<typeof setTimeout> | null;
}

/** A worker that is given up when it does not say hello, and replaced when the lock that it names becomes free. */
interface SupervisedWorker extends EngineWorker {
  greet(lifeLock: string | null): void;
}

/**
 * Failures of a job that leave nothing to go on with: a full WASM memory never shrinks again, and what broke off inside it
 * is in no known state; a lost device does not come back.
 */
const endsWorker: ReadonlySet<LabErrorCode> = new Set(['out-of-memory', 'device-lost']);

/** How many workers in a row may end before one was ready. */
const maxFruitlessStarts = 3;

/**
 * The engine on the far side of a worker. Every job settles exactly once, also when the worker crashes, ends without a
 * word, loses its device or does not answer a cancel: then all pending jobs are rejected and a new worker takes over. A worker
 * that is merely silent is never ended but by the user, since one long step of a computation keeps it from speaking.
 */
export function createRemoteEngine(
  spawn: SpawnWorker,
  wishes: EngineWishes,
  supervision: Partial<Supervision> = {},
): LabEngine {
  const { locks, helloLimitMs, cancelLimitMs, silenceLimitMs } = { ...usualSupervision, ...supervision };
  const silence = watchSilence(silenceLimitMs, (silentMs) =>
    announce(silentMs === null ? { kind: 'heard' } : { kind: 'silent', silentMs }),
  );
  const jobs = new Map<string, PendingJob>();
  const listeners = new Set<(notice: EngineNotice) => void>();
  let standing: EngineNotice | null = null;
  let greeted = false;
  let fruitlessStarts = 0;
  let count = 0;
  let worker = startWorker();

  function startWorker(): SupervisedWorker {
    greeted = false;
    let current = true;
    let forgetLock = () => {};
    const mine = spawn(
      (event) => {
        if (current) receive(event);
      },
      (error) => {
        if (current) replace(error);
      },
    );
    const helloTimer = setTimeout(() => giveUp(neverStarted(helloLimitMs)), helloLimitMs);
    mine.postMessage({ kind: 'open', wishes });
    return {
      postMessage: (request) => mine.postMessage(request),
      greet(lifeLock) {
        clearTimeout(helloTimer);
        if (locks && lifeLock !== null) forgetLock = watchLife(locks, lifeLock, () => replace(workerEnded()));
      },
      terminate() {
        current = false;
        clearTimeout(helloTimer);
        forgetLock();
        mine.terminate();
      },
    };
  }

  function receive(event: EngineEvent): void {
    silence.heard();
    switch (event.kind) {
      case 'hello':
        if (event.version !== protocolVersion) return giveUp(otherVersion(event.version));
        greeted = true;
        worker.greet(event.lifeLock);
        return;
      case 'heartbeat':
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
        if (endsWorker.has(event.error.code)) replace(event.error);
    }
  }

  function forget(id: string, job: PendingJob): void {
    if (job.cancelTimer !== null) clearTimeout(job.cancelTimer);
    jobs.delete(id);
    if (jobs.size === 0) silence.end();
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
    const told = withSuccessor(error);
    rejectAll(told);
    worker = startWorker();
    announce({ kind: 'restarted', error: told });
  }

  function restart(): void {
    worker.terminate();
    rejectAll(withSuccessor(endedByUser()));
    fruitlessStarts = 0;
    standing = null;
    worker = startWorker();
    announce({ kind: 'restarted', error: null });
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
      silence.begin();
      try {
        worker.postMessage({ kind: 'start', id, job, params });
      } catch (error) {
        forget(id, pending);
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
    restart,
    dispose() {
      worker.terminate();
      rejectAll({ code: 'cancelled', message: 'The engine was closed.', hint: 'Open the page again.' });
      listeners.clear();
    },
  };
}
