import { describe, expect, it } from 'vitest';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { LabError } from '../foundation/labError';
import type { EngineHost } from './engineHost';
import type { JobHandlers } from './jobs/jobHandler';
import { createLocalEngine } from './localEngine';
import { emptyInventory } from './protocol/emptyInventory';
import { Workspace } from './workspace';

/** Only the two jobs below are used here; of the workspace the engine itself asks for the check at the start alone. */
function engineWith(handlers: Partial<JobHandlers>, repaired?: Workspace['repaired']) {
  const workspace = new Workspace({ store: createMemoryFileStore() } as EngineHost);
  if (repaired) workspace.repaired = repaired;
  return createLocalEngine(workspace, handlers as JobHandlers);
}

function latch() {
  let release: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { passed, release };
}

describe('the engine in this thread', () => {
  it('runs long jobs one after the other and lets a look-up pass', async () => {
    const order: string[] = [];
    const gate = latch();
    const begun = latch();
    const engine = engineWith({
      async generateDemo(params) {
        order.push(`start ${params.settings.seed}`);
        begun.release();
        if (params.settings.seed === 1) await gate.passed;
        order.push(`end ${params.settings.seed}`);
        return {} as never;
      },
      async listInventory() {
        order.push('look-up');
        return emptyInventory;
      },
    });
    const settings = (seed: number) => ({ settings: { bias: 0, count: 60, imageSize: 32, seed } });
    const first = engine.start('generateDemo', settings(1));
    const second = engine.start('generateDemo', settings(2));
    await begun.passed;
    await engine.start('listInventory', {}).result;
    gate.release();
    await Promise.all([first.result, second.result]);
    expect(order.filter((entry) => entry !== 'look-up')).toEqual(['start 1', 'end 1', 'start 2', 'end 2']);
    expect(order.indexOf('look-up')).toBeLessThan(order.indexOf('end 1'));
  });

  it('ends a waiting job at once when it is cancelled, and never begins it', async () => {
    const begun: number[] = [];
    const firstBegun = latch();
    const engine = engineWith({
      async generateDemo({ settings }, { context }) {
        begun.push(settings.seed);
        firstBegun.release();
        for (;;) await context.breathe();
      },
    });
    const settings = (seed: number) => ({ settings: { bias: 0, count: 60, imageSize: 32, seed } });
    const running = engine.start('generateDemo', settings(1));
    const waiting = engine.start('generateDemo', settings(2));
    waiting.cancel();
    await expect(waiting.result).rejects.toMatchObject({ code: 'cancelled' });
    await firstBegun.passed;
    running.cancel();
    await expect(running.result).rejects.toMatchObject({ code: 'cancelled' });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(begun).toEqual([1]);
  });

  it('keeps the code of a failure and goes on with the next job', async () => {
    const engine = engineWith({
      async generateDemo() {
        throw new LabError({ code: 'quota-exceeded', message: 'Full.', hint: 'Delete a dataset.' });
      },
      async trainModel() {
        return { history: [] } as never;
      },
    });
    const failing = engine.start('generateDemo', { settings: { bias: 0, count: 60, imageSize: 32, seed: 1 } });
    const next = engine.start('trainModel', {} as never);
    await expect(failing.result).rejects.toMatchObject({ code: 'quota-exceeded' });
    await expect(next.result).resolves.toEqual({ history: [] });
  });

  it('begins no job before what is stored is checked, and tells what was put right', async () => {
    const order: string[] = [];
    const gate = latch();
    const checked = gate.passed.then(() => {
      order.push('checked');
      return ['A model was cut off.'];
    });
    const engine = engineWith(
      {
        async listInventory() {
          order.push('inventory');
          return emptyInventory;
        },
      },
      () => checked,
    );
    engine.subscribe((notice) => {
      if (notice.kind === 'log') order.push(notice.text);
    });
    const job = engine.start('listInventory', {});
    gate.release();
    await job.result;
    expect(order).toEqual(['checked', 'A model was cut off.', 'inventory']);
  });
});

describe('an engine that fails from outside', () => {
  const lost = new LabError({ code: 'device-lost', message: 'The GPU device was lost.', hint: 'Go on.' });
  const settings = (seed: number) => ({ settings: { bias: 0, count: 60, imageSize: 32, seed } });

  it('ends the job under way, those that wait and later ones with that error, whatever they broke off with', async () => {
    const begun = latch();
    const engine = engineWith({
      async generateDemo(_, { context }) {
        begun.release();
        for (;;) await context.breathe().catch(() => Promise.reject(new DOMException('Device is lost.', 'AbortError')));
      },
    });
    const jobs = [engine.start('generateDemo', settings(1)), engine.start('generateDemo', settings(2))];
    const outcomes = jobs.map((job) => expect(job.result).rejects.toMatchObject({ code: 'device-lost' }));
    await begun.passed;
    await engine.fail(lost);
    await Promise.all(outcomes);
    await expect(engine.start('generateDemo', settings(3)).result).rejects.toMatchObject({ code: 'device-lost' });
  });

  it('does not give the result of a job that came to its end without noticing', async () => {
    const [begun, gate] = [latch(), latch()];
    const engine = engineWith({
      async generateDemo() {
        begun.release();
        await gate.passed;
        return {} as never;
      },
    });
    const job = engine.start('generateDemo', settings(1));
    const outcome = expect(job.result).rejects.toMatchObject({ code: 'device-lost', message: lost.message });
    await begun.passed;
    const ended = engine.fail(lost);
    gate.release();
    await Promise.all([outcome, ended]);
  });

  it('asks its host what is behind an error that does not say so', async () => {
    const host = { store: createMemoryFileStore(), explain: async () => lost } as unknown as EngineHost;
    const engine = createLocalEngine(new Workspace(host), {
      generateDemo: () => Promise.reject(new DOMException('Device is lost.', 'AbortError')),
    } as unknown as JobHandlers);
    await expect(engine.start('generateDemo', settings(1)).result).rejects.toMatchObject({ code: 'device-lost' });
  });
});
