import { toErrorData } from '../../foundation/labError';
import type { JobHandle, LabEngine } from '../labEngine';
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

/**
 * Lets an engine be used through a port: requests in, events out. Listens at once, so that no request is lost while the
 * engine is still being made.
 *
 * @param makeEngine called once, when the page opens the engine. When it rejects, every job fails with its error.
 */
export function serveEngine(
  port: Port<EngineRequest, EngineEvent>,
  makeEngine: (wishes: EngineWishes) => Promise<LabEngine>,
): void {
  const handles = new Map<string, JobHandle<JobName>>();
  const cancelledEarly = new Set<string>();
  let engine = Promise.reject<LabEngine>(new Error('The engine was used before it was opened.'));
  engine.catch(() => undefined);

  port.addEventListener('message', ({ data: request }) => {
    switch (request.kind) {
      case 'open':
        open(request.wishes);
        return;
      case 'start':
        void serveJob(request);
        return;
      default:
        steer(request);
    }
  });

  function open(wishes: EngineWishes): void {
    port.postMessage({ kind: 'hello', version: protocolVersion });
    engine = makeEngine(wishes);
    engine.then(
      (ready) => ready.subscribe((notice) => port.postMessage({ kind: 'notice', notice })),
      (error: unknown) => port.postMessage({ kind: 'notice', notice: { kind: 'unusable', error: toErrorData(error) } }),
    );
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
      handles.delete(id);
    }
  }
}
