import { describe, expect, it } from 'vitest';
import { LabError } from '../foundation/labError';
import type { JobHandlers } from './jobs/jobHandler';
import { createLocalEngine } from './localEngine';
import { emptyInventory } from './protocol/emptyInventory';
import type { Workspace } from './workspace';

/** Only the two jobs below are used here; of the workspace the engine itself asks for the check at the start alone. */
function engineWith(handlers: Partial<JobHandlers>, repaired: Workspace['repaired'] = async () => []) {
  return createLocalEngine({ repaired, host: {} } as Workspace, handlers as JobHandlers);
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
