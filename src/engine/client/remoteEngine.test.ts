import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LabErrorData } from '../../foundation/labError';
import type { EngineNotice } from '../labEngine';
import { emptyInventory } from '../protocol/emptyInventory';
import { type EngineEvent, type EngineRequest, protocolVersion } from '../protocol/messages';
import { createRemoteEngine, type Supervision } from './remoteEngine';
import { workerCrashed } from './workerErrors';

/** Workers whose far side is this test. */
function fakeWorkers() {
  const spawned: {
    requests: EngineRequest[];
    terminated: boolean;
    receive(event: EngineEvent): void;
    crashed(error: LabErrorData): void;
  }[] = [];
  return {
    spawned,
    spawn(receive: (event: EngineEvent) => void, crashed: (error: LabErrorData) => void) {
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
const hello = { kind: 'hello', version: protocolVersion, lifeLock: null } as const;

/** Locks of which the test says when a worker’s is free. */
function fakeLocks() {
  const waiting = new Map<string, () => void>();
  return {
    /** Names of the locks that the page waits for. */
    waiting: () => [...waiting.keys()],
    /** What the browser does once the worker that held the lock has ended. */
    free: (name: string) => waiting.get(name)?.(),
    request(name: string, { signal }: LockOptions, granted: () => void): Promise<void> {
      return new Promise((resolve, reject) => {
        waiting.set(name, () => {
          waiting.delete(name);
          granted();
          resolve();
        });
        signal?.addEventListener('abort', () => {
          waiting.delete(name);
          reject(signal.reason as Error);
        });
      });
    },
  };
}

function openEngine(supervision: Partial<Supervision> = {}) {
  const workers = fakeWorkers();
  const engine = createRemoteEngine(workers.spawn, wishes, supervision);
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
    workers.spawned[0]!.crashed(workerCrashed('boom'));
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
      const { engine, workers } = openEngine({ cancelLimitMs: 5000 });
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
      const { engine, workers } = openEngine({ cancelLimitMs: 5000 });
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
    workers.spawned[0]!.crashed(workerCrashed('no such file'));
    expect(workers.spawned).toHaveLength(1);
    await expect(engine.start('listInventory', {}).result).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  it('gives up when one worker after the other ends before it is ready', async () => {
    const { engine, workers, notices } = openEngine();
    for (let attempt = 0; attempt < 10; attempt++) {
      const worker = workers.spawned.at(-1)!;
      if (worker.terminated) break;
      worker.receive(hello);
      worker.crashed(workerCrashed('again'));
    }
    expect(workers.spawned).toHaveLength(4);
    expect(notices.at(-1)).toMatchObject({ kind: 'unusable' });
    await expect(engine.start('listInventory', {}).result).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  it('refuses a worker of another version', async () => {
    const workers = fakeWorkers();
    const engine = createRemoteEngine(workers.spawn, wishes);
    const job = engine.start('listInventory', {});
    workers.spawned[0]!.receive({ ...hello, version: protocolVersion + 1 });
    await expect(job.result).rejects.toMatchObject({ code: 'protocol-mismatch' });
  });
});

describe('a worker that ends without an event', () => {
  function openWithLocks() {
    const locks = fakeLocks();
    const opened = openEngine({ locks: locks as unknown as Supervision['locks'] });
    opened.workers.spawned[0]!.receive({ ...hello, lifeLock: 'life-0' });
    return { ...opened, locks };
  }

  it('is noticed by its lock: pending jobs are rejected by name, and another worker is started', async () => {
    const { engine, workers, notices, locks } = openWithLocks();
    const jobs = [engine.start('listInventory', {}), engine.start('listInventory', {})];
    expect(locks.waiting()).toEqual(['life-0']);
    locks.free('life-0');
    for (const job of jobs) {
      await expect(job.result).rejects.toMatchObject({
        code: 'worker-crashed',
        message: 'The computing worker ended without a word. A new worker has been started.',
      });
    }
    expect(workers.spawned).toHaveLength(2);
    expect(notices.at(-1)).toMatchObject({ kind: 'restarted', error: { code: 'worker-crashed' } });
  });

  it('is not taken for ended when the page itself ends it, and no lock is waited for any more', () => {
    const { engine, workers, notices, locks } = openWithLocks();
    for (let life = 1; life <= 20; life++) {
      engine.restart();
      expect(locks.waiting()).toEqual([]);
      locks.free(`life-${life - 1}`);
      workers.spawned.at(-1)!.receive({ ...hello, lifeLock: `life-${life}` });
    }
    expect(workers.spawned).toHaveLength(21);
    expect(locks.waiting()).toEqual(['life-20']);
    expect(notices.filter((notice) => notice.kind === 'restarted' && notice.error !== null)).toEqual([]);
    engine.dispose();
    expect(locks.waiting()).toEqual([]);
  });

  it('is given up when it has not even said hello in time, and can be started anew by the user', async () => {
    vi.useFakeTimers();
    try {
      const workers = fakeWorkers();
      const engine = createRemoteEngine(workers.spawn, wishes, { helloLimitMs: 60_000 });
      const outcome = expect(engine.start('listInventory', {}).result).rejects.toMatchObject({
        code: 'worker-unresponsive',
        message: 'The computing worker did not start within 60 s.',
      });
      vi.advanceTimersByTime(60_000);
      await outcome;
      expect(workers.spawned[0]!.terminated).toBe(true);
      engine.restart();
      workers.spawned[1]!.receive(hello);
      vi.advanceTimersByTime(60_000);
      const job = engine.start('listInventory', {});
      workers.spawned[1]!.receive({ id: job.id, seq: 0, kind: 'done', result: inventory });
      await expect(job.result).resolves.toEqual(inventory);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a worker that is silent', () => {
  const limit = { silenceLimitMs: 60_000 };
  const silences = (notices: EngineNotice[]) => notices.filter(({ kind }) => kind === 'silent' || kind === 'heard');

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is told of while a job is under way, with how long, and is never ended for it', () => {
    const { engine, workers, notices } = openEngine(limit);
    engine.start('listInventory', {}).result.catch(() => undefined);
    vi.advanceTimersByTime(59_000);
    expect(silences(notices)).toEqual([]);
    vi.advanceTimersByTime(11_000);
    expect(silences(notices)).toEqual([
      { kind: 'silent', silentMs: 60_000 },
      { kind: 'silent', silentMs: 70_000 },
    ]);
    vi.advanceTimersByTime(3_600_000);
    expect(workers.spawned).toHaveLength(1);
    expect(workers.spawned[0]!.terminated).toBe(false);
  });

  it('is no longer told of once anything is heard: a heartbeat, a log, an event of a job', () => {
    const { engine, workers, notices } = openEngine(limit);
    const job = engine.start('listInventory', {});
    job.result.catch(() => undefined);
    const sounds: EngineEvent[] = [
      { kind: 'heartbeat' },
      { kind: 'notice', notice: { kind: 'log', level: 'info', text: 'still here' } },
      { id: job.id, seq: 0, kind: 'accepted' },
    ];
    for (const sound of sounds) {
      vi.advanceTimersByTime(60_000);
      workers.spawned[0]!.receive(sound);
      expect(silences(notices).at(-1)).toEqual({ kind: 'heard' });
    }
  });

  it('that speaks now and then is not told of, and without a job nothing is expected', async () => {
    const { engine, workers, notices } = openEngine(limit);
    vi.advanceTimersByTime(600_000);
    const job = engine.start('listInventory', {});
    for (let beat = 0; beat < 20; beat++) {
      vi.advanceTimersByTime(40_000);
      workers.spawned[0]!.receive({ kind: 'heartbeat' });
    }
    workers.spawned[0]!.receive({ id: job.id, seq: 0, kind: 'done', result: inventory });
    await job.result;
    vi.advanceTimersByTime(600_000);
    expect(silences(notices)).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is replaced when the user says so: its jobs are rejected, the silence is over', async () => {
    const { engine, workers, notices } = openEngine(limit);
    const job = engine.start('listInventory', {});
    vi.advanceTimersByTime(60_000);
    engine.restart();
    await expect(job.result).rejects.toMatchObject({
      code: 'worker-unresponsive',
      message: 'The computing worker was ended at your word. A new worker has been started.',
    });
    expect(workers.spawned[0]!.terminated).toBe(true);
    expect(workers.spawned).toHaveLength(2);
    expect(notices.slice(-2)).toEqual([{ kind: 'heard' }, { kind: 'restarted', error: null }]);
  });
});

describe('a lost device', () => {
  it('that a job ends with has the worker replaced, and the jobs that wait for their turn end with it too', async () => {
    const { engine, workers, notices } = openEngine();
    const [job, waiting] = [engine.start('listInventory', {}), engine.start('listInventory', {})];
    const error = { code: 'device-lost', message: 'm', hint: 'h' } as const;
    workers.spawned[0]!.receive({ id: job.id, seq: 0, kind: 'failed', error });
    await expect(job.result).rejects.toMatchObject({ code: 'device-lost' });
    await expect(waiting.result).rejects.toMatchObject({ code: 'device-lost' });
    workers.spawned[0]!.receive({ kind: 'deviceLost', error });
    expect(workers.spawned).toHaveLength(2);
    expect(notices.at(-1)).toMatchObject({ kind: 'restarted', error: { code: 'device-lost' } });
  });
});
