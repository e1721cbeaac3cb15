import { describe, expect, it } from 'vitest';
import { runId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import type { EngineNotice, LabEngine } from '../labEngine';
import type { EngineEvent, EngineRequest, JobEvent } from '../protocol/messages';
import { serveEngine } from './serveEngine';

/** A port whose far side is this test. */
function fakePort() {
  let deliver: (event: { data: EngineRequest }) => void = () => undefined;
  const sent: EngineEvent[] = [];
  return {
    sent,
    jobEvents: () => sent.filter((event): event is JobEvent => 'id' in event),
    send: (data: EngineRequest) => deliver({ data }),
    port: {
      postMessage: (event: EngineEvent) => sent.push(event),
      addEventListener: (_: 'message', listener: (event: { data: EngineRequest }) => void) => {
        deliver = listener;
      },
    },
  };
}

/** An engine whose jobs end as told. */
function fakeEngine(result: Promise<unknown>, onCancel = () => undefined as void): LabEngine {
  return {
    start(_job, _params, listener) {
      listener?.progress?.({
        stage: 'Work',
        done: 1,
        total: 2,
        unit: 'batches',
        fraction: 0.5,
        etaMs: 10,
        perSecond: null,
      });
      return {
        id: 'inner',
        result: result as never,
        cancel: onCancel,
        pause: () => undefined,
        resume: () => undefined,
        finishNow: () => undefined,
      };
    },
    subscribe(listener: (notice: EngineNotice) => void) {
      listener({ kind: 'log', level: 'info', text: 'hello' });
      return () => undefined;
    },
    dispose: () => undefined,
  };
}

const start: EngineRequest = { kind: 'start', id: 'a', job: 'listInventory', params: {} };
const open: EngineRequest = { kind: 'open', wishes: { backend: null } };
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('serveEngine', () => {
  it('answers open with hello, and a job with accepted, progress and one end, numbered in order', async () => {
    const far = fakePort();
    const inventory = { datasets: [], models: [], runs: [], trainings: [], unreadableRuns: [], unreadableModels: [] };
    serveEngine(far.port, async () => fakeEngine(Promise.resolve(inventory)));
    far.send(open);
    far.send(start);
    await settle();
    expect(far.sent[0]).toMatchObject({ kind: 'hello' });
    expect(far.jobEvents().map(({ kind, seq }) => [kind, seq])).toEqual([
      ['accepted', 0],
      ['progress', 1],
      ['done', 2],
    ]);
    expect(far.jobEvents().at(-1)).toMatchObject({ result: inventory });
  });

  it('sends a failure as data, with its code', async () => {
    const far = fakePort();
    const failure = new LabError({ code: 'run-not-found', message: 'No such run.', hint: 'Choose another.' });
    serveEngine(far.port, async () => fakeEngine(Promise.reject(failure)));
    far.send(open);
    far.send({ kind: 'start', id: 'b', job: 'resumeRun', params: { runId: runId('x') } });
    await settle();
    expect(far.jobEvents().at(-1)).toMatchObject({
      kind: 'failed',
      error: { code: 'run-not-found', hint: 'Choose another.' },
    });
  });

  it('fails every job with the reason when there is no engine', async () => {
    const far = fakePort();
    const reason = new LabError({ code: 'no-backend', message: 'Nothing computes here.', hint: 'Use Chrome.' });
    serveEngine(far.port, () => Promise.reject(reason));
    far.send(open);
    far.send(start);
    await settle();
    expect(far.sent).toContainEqual(expect.objectContaining({ notice: expect.objectContaining({ kind: 'unusable' }) }));
    expect(far.jobEvents().at(-1)).toMatchObject({ kind: 'failed', error: { code: 'no-backend' } });
  });

  it('passes on a cancel that arrives before the engine is ready', async () => {
    const far = fakePort();
    let cancelled = false;
    let ready: (engine: LabEngine) => void = () => undefined;
    serveEngine(far.port, () => new Promise<LabEngine>((resolve) => (ready = resolve)));
    far.send(open);
    far.send(start);
    far.send({ kind: 'cancel', id: 'a' });
    ready(
      fakeEngine(new Promise(() => undefined), () => {
        cancelled = true;
      }),
    );
    await settle();
    expect(cancelled).toBe(true);
  });

  it('asks the job, and no other, to finish now', async () => {
    const far = fakePort();
    const asked: string[] = [];
    const engine = fakeEngine(new Promise(() => undefined));
    serveEngine(far.port, async () => ({
      ...engine,
      start: (job, params, listener) => ({
        ...engine.start(job, params, listener),
        finishNow: () => asked.push(job),
      }),
    }));
    far.send(open);
    far.send(start);
    await settle();
    far.send({ kind: 'finishNow', id: 'unknown' });
    expect(asked).toEqual([]);
    far.send({ kind: 'finishNow', id: 'a' });
    expect(asked).toEqual([start.job]);
  });
});
