import { describe, expect, it } from 'vitest';
import { ownershipContract } from '../../testing/ownershipContract';
import { createWebLockOwnership } from './webLockOwnership';

const patienceMs = 300;
const here = () => createWebLockOwnership(navigator.locks, patienceMs);

/** A worker that takes a name and keeps it until it is ended, as the engine's does. */
async function startHolder(name: string): Promise<Worker> {
  const worker = new Worker(new URL('../../testing/holdWebLock.ts', import.meta.url), { type: 'module', name });
  await new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = (event) => reject(new Error(event.message));
  });
  return worker;
}

describe('ownership by Web Locks', () => {
  for (const { name, see, expected } of ownershipContract) {
    it(name, async () => {
      expect(await see(here(), here())).toEqual(expected);
    });
  }

  it('is kept by another worker until it is ended, and free then', async () => {
    const worker = await startHolder('run/r1');
    expect([...(await here().owned())]).toEqual([['run/r1', 'elsewhere']]);
    await expect(here().share('run/r1', async () => undefined)).rejects.toMatchObject({ code: 'in-use' });
    worker.terminate();
    await expect.poll(async () => (await here().owned()).size).toBe(0);
    expect(await here().own('run/r1', async () => 'mine')).toBe('mine');
  });

  it('leaves the locks of other pages alone', async () => {
    await navigator.locks.request('run/r1', async () => {
      expect((await here().owned()).size).toBe(0);
      expect(await here().own('run/r1', async () => 'mine')).toBe('mine');
    });
  });
});
