import { type LabError, toErrorData } from '../../foundation/labError';
import type { JobHandle } from '../labEngine';
import type { LocalEngine } from '../localEngine';
import type { JobName } from '../protocol/jobMap';
import {
  type EngineEvent,
  type EngineRequest,
  type EngineWishes,
  type JobEventBody,
  type Port,
  protocolVersion,
  type StartRequest,
} from '../protocol/messages';

/** How often the worker says that it lives while a job is under way. */
const heartbeatMs = 2000;

/** How long jobs may take to note that the engine has failed, before the page is told to do without this worker. */
const lastWordsMs = 3000;

/** Makes the engine; `fail` is to be called when it can do no more, for example without its device. */
export type MakeEngine = (wishes: EngineWishes, fail: (error: LabError) => void) => Promise<LocalEngine>;

/**
 * Lets an engine be used through a port: requests in, events out. Listens at once, so that no request is lost while the
 * engine is still being made.
 *
 * @param makeEngine called once, when the page opens the engine. When it rejects, every job fails with its error.
 * @param lifeLock resolves to the name of the lock that the worker holds; null where the browser has none
 */
export function serveEngine(
  port: Port<EngineRequest, EngineEvent>,
  makeEngine: MakeEngine,
  lifeLock: Promise<string | null>,
): void {
  const handles = new Map<string, JobHandle<JobName>>();
  const cancelledEarly = new Set<string>();
  let hasGivenUp = false;
  let jobsUnderWay = 0;
  let heartbeat: ReturnType<typeof setInterval> | null = null;
  let engine = Promise.reject<LocalEngine>(new Error('The engine was used before it was opened.'));
  engine.catch(() => undefined);

  // Nothing is begun before the lock is held: whatever ends the worker from then on is noticed.
  port.addEventListener('message', ({ data: request }) => void lifeLock.then((name) => receive(request, name)));

  function receive(request: EngineRequest, lockName: string | null): void {
    switch (request.kind) {
      case 'open':
        port.postMessage({ kind: 'hello', version: protocolVersion, lifeLock: lockName });
        open(request.wishes);
        return;
      case 'start':
        void serveJob(request);
        return;
      default:
        steer(request);
    }
  }

  function open(wishes: EngineWishes): void {
    engine = makeEngine(wishes, (error) => void giveUp(error));
    engine.then(
      (ready) => ready.subscribe((notice) => port.postMessage({ kind: 'notice', notice })),
      (error: unknown) => port.postMessage({ kind: 'notice', notice: { kind: 'unusable', error: toErrorData(error) } }),
    );
  }

  /** Tells the page to do without this worker, once what is under way has kept what it can. */
  async function giveUp(error: LabError): Promise<void> {
    if (hasGivenUp) return;
    hasGivenUp = true;
    const lastWords = engine.then((failed) => failed.fail(error));
    await Promise.race([lastWords, new Promise((resolve) => setTimeout(resolve, lastWordsMs))]);
    port.postMessage({ kind: 'deviceLost', error: toErrorData(error) });
  }

  function countJobs(change: 1 | -1): void {
    jobsUnderWay += change;
    if (jobsUnderWay > 0) heartbeat ??= setInterval(() => port.postMessage({ kind: 'heartbeat' }), heartbeatMs);
    else if (heartbeat !== null) {
      clearInterval(heartbeat);
      heartbeat = null;
    }
  }

  function steer({ kind, id }: Extract<EngineRequest, { kind: 'cancel' | 'pause' | 'resume' | 'finishNow' }>): void {
    const handle = handles.get(id);
    if (handle) handle[kind]();
    else if (kind === 'cancel') cancelledEarly.add(id);
  }

  async function serveJob<J extends JobName>({ id, job, params }: StartRequest<J>): Promise<void> {
    let seq = 0;
    const send = (body: JobEventBody) => port.postMessage({ id, seq: seq++, ...body });
    send({ kind: 'accepted' });
    countJobs(1);
    try {
      const handle = (await engine).start(job, params, {
        progress: (progress) => send({ kind: 'progress', progress }),
        partial: (partial) => send({ kind: 'partial', partial }),
      });
      handles.set(id, handle as unknown as JobHandle<JobName>);
      if (cancelledEarly.delete(id)) handle.cancel();
      send({ kind: 'done', result: await handle.result });
    } catch (error) {
      const data = toErrorData(error);
      send({ kind: data.code === 'cancelled' ? 'cancelled' : 'failed', error: data });
    } finally {
      countJobs(-1);
      handles.delete(id);
    }
  }
}
