import { describe, expect, it, vi } from 'vitest';
import { runId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import type { EngineNotice } from '../labEngine';
import type { LocalEngine } from '../localEngine';
import { type EngineEvent, type EngineRequest, type JobEvent, protocolVersion } from '../protocol/messages';
import { type MakeEngine, serveEngine } from './serveEngine';

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
function fakeEngine(result: Promise<unknown>, onCancel = () => undefined as void): LocalEngine {
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
    restart: () => undefined,
    dispose: () => undefined,
    fail: async () => undefined,
  };
}

const start: EngineRequest = { kind: 'start', id: 'a', job: 'listInventory', params: {} };
const open: EngineRequest = { kind: 'open', wishes: { backend: null } };
const serve = (port: ReturnType<typeof fakePort>['port'], makeEngine: MakeEngine, lifeLock: string | null = null) =>
  serveEngine(port, makeEngine, Promise.resolve(lifeLock));
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('serveEngine', () => {
  it('answers open with hello, and a job with accepted, progress and one end, numbered in order', async () => {
    const far = fakePort();
    const inventory = { datasets: [], models: [], runs: [], trainings: [], unreadableRuns: [], unreadableModels: [] };
    serve(far.port, async () => fakeEngine(Promise.resolve(inventory)));
    far.send(open);
    far.send(start);
    await settle();
    expect(far.sent[0]).toEqual({ kind: 'hello', version: protocolVersion, lifeLock: null });
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
    serve(far.port, async () => fakeEngine(Promise.reject(failure)));
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
    serve(far.port, () => Promise.reject(reason));
    far.send(open);
    far.send(start);
    await settle();
    expect(far.sent).toContainEqual(expect.objectContaining({ notice: expect.objectContaining({ kind: 'unusable' }) }));
    expect(far.jobEvents().at(-1)).toMatchObject({ kind: 'failed', error: { code: 'no-backend' } });
  });

  it('passes on a cancel that arrives before the engine is ready', async () => {
    const far = fakePort();
    let cancelled = false;
    let ready: (engine: LocalEngine) => void = () => undefined;
    serve(far.port, () => new Promise<LocalEngine>((resolve) => (ready = resolve)));
    far.send(open);
    far.send(start);
    far.send({ kind: 'cancel', id: 'a' });
    await settle();
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
    serve(far.port, async () => ({
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
    await settle();
    expect(asked).toEqual([]);
    far.send({ kind: 'finishNow', id: 'a' });
    await settle();
    expect(asked).toEqual([start.job]);
  });

  it('names the lock that it holds in its hello', async () => {
    const far = fakePort();
    serve(far.port, async () => fakeEngine(Promise.resolve({})), 'life-1');
    far.send(open);
    await settle();
    expect(far.sent).toContainEqual(expect.objectContaining({ kind: 'hello', lifeLock: 'life-1' }));
  });

  it('begins nothing before it holds its lock, so that no job can end it unnoticed', async () => {
    const far = fakePort();
    let held: (name: string) => void = () => undefined;
    let isMade = false;
    const makeEngine: MakeEngine = async () => {
      isMade = true;
      return fakeEngine(Promise.resolve({}));
    };
    serveEngine(far.port, makeEngine, new Promise((resolve) => (held = resolve)));
    far.send(open);
    far.send(start);
    await settle();
    expect([isMade, far.sent]).toEqual([false, []]);
    held('life-1');
    await settle();
    expect(far.sent.map(({ kind }) => kind)).toEqual(['hello', 'accepted', 'notice', 'progress', 'done']);
  });

  it('says that it lives every 2 s while a job is under way, and is quiet before and after', async () => {
    vi.useFakeTimers();
    try {
      const far = fakePort();
      let end: (result: unknown) => void = () => undefined;
      serve(far.port, async () => fakeEngine(new Promise((resolve) => (end = resolve))));
      const beats = () => far.sent.filter(({ kind }) => kind === 'heartbeat').length;
      far.send(open);
      await vi.advanceTimersByTimeAsync(60_000);
      expect(beats()).toBe(0);
      far.send(start);
      await vi.advanceTimersByTimeAsync(20_000);
      expect(beats()).toBe(10);
      end({});
      await vi.advanceTimersByTimeAsync(60_000);
      expect(beats()).toBe(10);
    } finally {
      vi.useRealTimers();
    }
  });

  it('lets the jobs note that the device is lost before the page is told, once', async () => {
    const far = fakePort();
    const lost = new LabError({ code: 'device-lost', message: 'Gone.', hint: 'Go on.' });
    let reject: (error: Error) => void = () => undefined;
    let lose: (error: LabError) => void = () => undefined;
    const engine = fakeEngine(new Promise((_, no) => (reject = no)));
    const fail = async (error: LabError) => {
      await settle();
      reject(error);
      await settle();
    };
    serve(far.port, async (_, failed) => {
      lose = failed;
      return { ...engine, fail };
    });
    far.send(open);
    far.send(start);
    await settle();
    lose(lost);
    lose(new LabError({ code: 'backend-failed', message: 'And that.', hint: 'Too.' }));
    await vi.waitFor(() => expect(far.sent.at(-1)).toMatchObject({ kind: 'deviceLost' }));
    expect(far.sent.slice(-2)).toMatchObject([
      { id: 'a', kind: 'failed', error: { code: 'device-lost' } },
      { kind: 'deviceLost', error: { code: 'device-lost' } },
    ]);
    expect(far.sent.filter(({ kind }) => kind === 'deviceLost')).toHaveLength(1);
  });

  it('tells the page of the lost device after 3 s even when a job does not end', async () => {
    vi.useFakeTimers();
    try {
      const far = fakePort();
      let lose: (error: LabError) => void = () => undefined;
      serve(far.port, async (_, failed) => {
        lose = failed;
        return { ...fakeEngine(new Promise(() => undefined)), fail: () => new Promise<never>(() => undefined) };
      });
      far.send(open);
      far.send(start);
      await vi.advanceTimersByTimeAsync(0);
      lose(new LabError({ code: 'device-lost', message: 'Gone.', hint: 'Go on.' }));
      await vi.advanceTimersByTimeAsync(2999);
      expect(far.sent.some(({ kind }) => kind === 'deviceLost')).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(far.sent.at(-1)).toMatchObject({ kind: 'deviceLost' });
    } finally {
      vi.useRealTimers();
    }
  });
});
