import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineNotice, LabEngine } from '../labEngine';
import { emptyInventory } from '../protocol/emptyInventory';
import { createRemoteEngine, type Supervision } from './remoteEngine';
import { lockManager, spawnFrom } from './workerEngine';

const makeMortal = () => new Worker(new URL('../worker/mortalWorkerFixture.ts', import.meta.url), { type: 'module' });
const demo = { settings: { bias: 0, count: 60, imageSize: 32, seed: 1 } };

let engine: LabEngine;
afterEach(() => engine.dispose());

function openEngine(supervision: Partial<Supervision> = {}, makeWorker = makeMortal) {
  const notices: EngineNotice[] = [];
  engine = createRemoteEngine(spawnFrom(makeWorker), { backend: null }, { locks: lockManager(), ...supervision });
  engine.subscribe((notice) => notices.push(notice));
  return { engine, notices };
}

/** Names of the lab's locks that are held and waited for in this browser. */
async function labLocks() {
  const { held = [], pending = [] } = await navigator.locks.query();
  const names = (locks: LockInfo[]) =>
    locks.map(({ name }) => name).filter((name) => name?.startsWith('snnl-fair-lab-worker-'));
  return { held: names(held), pending: names(pending) };
}

describe('a real worker', () => {
  it('that closes itself in a job is noticed, and a new one answers, twelve times of twelve', async () => {
    const { engine, notices } = openEngine();
    for (let life = 1; life <= 12; life++) {
      await expect(engine.start('generateDemo', demo).result).rejects.toMatchObject({
        code: 'worker-crashed',
        message: expect.stringContaining('ended without a word'),
      });
      // A worker that came to nothing counts; the user's restart begins anew.
      engine.restart();
      await expect(engine.start('listInventory', {}).result).resolves.toEqual(emptyInventory);
    }
    expect(notices.filter((notice) => notice.kind === 'restarted' && notice.error !== null)).toHaveLength(12);
  });

  it('leaves no lock behind, however many have lived: one is held, and one is waited for', async () => {
    const { engine } = openEngine();
    for (let life = 1; life <= 20; life++) {
      await engine.start('listInventory', {}).result;
      engine.restart();
    }
    await engine.start('listInventory', {}).result;
    await vi.waitFor(async () => {
      const { held, pending } = await labLocks();
      expect(held).toHaveLength(1);
      expect(pending).toEqual(held);
    });
    engine.dispose();
    await vi.waitFor(async () => expect(await labLocks()).toEqual({ held: [], pending: [] }));
  });

  it('that a long step blocks is told of and not ended, and told of no more once it is heard again', async () => {
    const { engine, notices } = openEngine({ silenceLimitMs: 120 });
    await engine.start('listInventory', {}).result;
    const result = await engine.start('verifyVectors', { files: [] }).result;
    expect(result).toEqual([]);
    const told = notices.flatMap((notice) => (notice.kind === 'silent' ? [notice.silentMs] : []));
    expect(told[0]).toBe(120);
    expect(told.length).toBeGreaterThan(1);
    expect(notices.at(-1)).toEqual({ kind: 'heard' });
  });

  it('without locks is silent when it has ended, and the user ends the wait', async () => {
    const { engine, notices } = openEngine({ locks: null, silenceLimitMs: 60 });
    const job = engine.start('generateDemo', demo);
    const outcome = expect(job.result).rejects.toMatchObject({ code: 'worker-unresponsive' });
    await vi.waitFor(() => expect(notices.some(({ kind }) => kind === 'silent')).toBe(true));
    engine.restart();
    await outcome;
    await expect(engine.start('listInventory', {}).result).resolves.toEqual(emptyInventory);
  });
});

describe('a worker’s script that cannot be loaded', () => {
  const noScript = () => new Worker('/no-such-worker.js', { type: 'module' });

  it('is worker-crashed where the server answers', async () => {
    const { engine } = openEngine({}, noScript);
    await expect(engine.start('listInventory', {}).result).rejects.toMatchObject({ code: 'worker-crashed' });
  });

  it('is server-unreachable where it does not', async () => {
    const fetching = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
    const { engine, notices } = openEngine({}, noScript);
    await expect(engine.start('listInventory', {}).result).rejects.toMatchObject({
      code: 'server-unreachable',
      hint: expect.stringContaining('npm start'),
    });
    expect(notices.at(-1)).toMatchObject({ kind: 'unusable', error: { code: 'server-unreachable' } });
    fetching.mockRestore();
  });
});
