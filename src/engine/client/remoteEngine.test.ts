import { describe, expect, it, vi } from 'vitest';
import type { EngineNotice } from '../labEngine';
import { emptyInventory } from '../protocol/emptyInventory';
import { type EngineEvent, type EngineRequest, protocolVersion } from '../protocol/messages';
import { createRemoteEngine } from './remoteEngine';

/** Workers whose far side is this test. */
function fakeWorkers() {
  const spawned: {
    requests: EngineRequest[];
    terminated: boolean;
    receive(event: EngineEvent): void;
    crashed(reason: string): void;
  }[] = [];
  return {
    spawned,
    spawn(receive: (event: EngineEvent) => void, crashed: (reason: string) => void) {
      const worker = { requests: [] as EngineRequest[], terminated: false, receive, crashed };
      spawned.push(worker);
      return {
        postMessage: (request: EngineRequest) => worker.requests.push(request),
        terminate: () => {
          worker.terminated = true;
        },
      };
    },
  };
}

const wishes = { backend: null };
const inventory = emptyInventory;
const hello: EngineEvent = { kind: 'hello', version: protocolVersion };

function openEngine(cancelLimitMs?: number) {
  const workers = fakeWorkers();
  const engine = createRemoteEngine(workers.spawn, wishes, cancelLimitMs);
  const notices: EngineNotice[] = [];
  engine.subscribe((notice) => notices.push(notice));
  workers.spawned[0]!.receive(hello);
  return { engine, workers, notices };
}

describe('the engine behind a worker', () => {
  it('opens the worker, sends the job and resolves with its result', async () => {
    const { engine, workers } = openEngine();
    const job = engine.start('listInventory', {});
    expect(workers.spawned[0]!.requests).toEqual([
      { kind: 'open', wishes },
      { kind: 'start', id: job.id, job: 'listInventory', params: {} },
    ]);
    workers.spawned[0]!.receive({ id: job.id, seq: 0, kind: 'done', result: inventory });
    await expect(job.result).resolves.toEqual(inventory);
  });

  it('drops an event that comes twice or out of order', () => {
    const { engine, workers } = openEngine();
    const seen: number[] = [];
    const job = engine.start('listInventory', {}, { progress: ({ done }) => seen.push(done) });
    const progress = (done: number) => ({
      stage: '',
      done,
      total: 9,
      unit: '',
      fraction: 0,
      etaMs: null,
      perSecond: null,
    });
    for (const [seq, done] of [
      [1, 1],
      [1, 1],
      [0, 0],
      [2, 2],
    ] as const) {
      workers.spawned[0]!.receive({ id: job.id, seq, kind: 'progress', progress: progress(done) });
    }
    expect(seen).toEqual([1, 2]);
    job.result.catch(() => undefined);
  });

  it('rejects every pending job when the worker crashes, and starts another worker', async () => {
    const { engine, workers, notices } = openEngine();
    const jobs = [engine.start('listInventory', {}), engine.start('listInventory', {})];
    workers.spawned[0]!.crashed('boom');
    for (const job of jobs) await expect(job.result).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(workers.spawned).toHaveLength(2);
    expect(notices.at(-1)).toMatchObject({ kind: 'restarted', error: { cause: 'boom' } });
  });

  it('rejects pending jobs with the device’s own error when the device is lost', async () => {
    const { engine, workers } = openEngine();
    const job = engine.start('listInventory', {});
    workers.spawned[0]!.receive({ kind: 'deviceLost', error: { code: 'device-lost', message: 'm', hint: 'h' } });
    await expect(job.result).rejects.toMatchObject({ code: 'device-lost' });
    expect(workers.spawned).toHaveLength(2);
  });

  it('starts another worker after a full memory, which never shrinks again', async () => {
    const { engine, workers, notices } = openEngine();
    const [job, other] = [engine.start('listInventory', {}), engine.start('listInventory', {})];
    const error = { code: 'out-of-memory', message: 'm', hint: 'h' } as const;
    workers.spawned[0]!.receive({ id: job.id, seq: 0, kind: 'failed', error });
    await expect(job.result).rejects.toMatchObject(error);
    await expect(other.result).rejects.toMatchObject(error);
    expect(workers.spawned[0]!.terminated).toBe(true);
    expect(workers.spawned).toHaveLength(2);
    expect(notices.at(-1)).toMatchObject({ kind: 'restarted', error });
  });

  it('ends a worker that does not answer a cancel in time', async () => {
    vi.useFakeTimers();
    try {
      const { engine, workers } = openEngine(5000);
      const job = engine.start('listInventory', {});
      const outcome = expect(job.result).rejects.toMatchObject({ code: 'worker-unresponsive' });
      job.cancel();
      vi.advanceTimersByTime(4999);
      expect(workers.spawned[0]!.terminated).toBe(false);
      vi.advanceTimersByTime(1);
      expect(workers.spawned[0]!.terminated).toBe(true);
      await outcome;
    } finally {
      vi.useRealTimers();
    }
  });

  it('leaves the worker alone when the cancel is answered', async () => {
    vi.useFakeTimers();
    try {
      const { engine, workers } = openEngine(5000);
      const job = engine.start('listInventory', {});
      const outcome = expect(job.result).rejects.toMatchObject({ code: 'cancelled' });
      job.cancel();
      workers.spawned[0]!.receive({
        id: job.id,
        seq: 0,
        kind: 'cancelled',
        error: { code: 'cancelled', message: 'm', hint: 'h' },
      });
      vi.advanceTimersByTime(10_000);
      expect(workers.spawned).toHaveLength(1);
      await outcome;
    } finally {
      vi.useRealTimers();
    }
  });

  it('does not start again a worker that crashes before it says hello, and fails later jobs with the reason', async () => {
    const workers = fakeWorkers();
    const engine = createRemoteEngine(workers.spawn, wishes);
    workers.spawned[0]!.crashed('no such file');
    expect(workers.spawned).toHaveLength(1);
    await expect(engine.start('listInventory', {}).result).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  it('gives up when one worker after the other ends before it is ready', async () => {
    const { engine, workers, notices } = openEngine();
    for (let attempt = 0; attempt < 10; attempt++) {
      const worker = workers.spawned.at(-1)!;
      if (worker.terminated) break;
      worker.receive(hello);
      worker.crashed('again');
    }
    expect(workers.spawned).toHaveLength(4);
    expect(notices.at(-1)).toMatchObject({ kind: 'unusable' });
    await expect(engine.start('listInventory', {}).result).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  it('refuses a worker of another version', async () => {
    const workers = fakeWorkers();
    const engine = createRemoteEngine(workers.spawn, wishes);
    const job = engine.start('listInventory', {});
    workers.spawned[0]!.receive({ kind: 'hello', version: protocolVersion + 1 });
    await expect(job.result).rejects.toMatchObject({ code: 'protocol-mismatch' });
  });
});
