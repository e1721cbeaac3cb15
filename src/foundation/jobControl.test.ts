import { describe, expect, it, vi } from 'vitest';
import { createJobControl } from './createJobControl';
import type { Progress } from './jobContext';
import { LabError } from './labError';

function recordedJob() {
  const seen: Progress[] = [];
  return { seen, control: createJobControl('Start', (progress) => seen.push(progress)) };
}

describe('a job’s progress', () => {
  it('never falls, even when a later stage reports less', () => {
    const { seen, control } = recordedJob();
    control.context.part('First', 0, 0.5).report(10, 10, 'images');
    control.context.part('Second', 0.2, 1).report(1, 10, 'images');
    control.finish();
    const fractions = seen.map((progress) => progress.fraction);
    expect(fractions).toEqual([0.5, 0.5, 1]);
  });

  it('maps a part of a part into the whole: half of the second half of the last fifth is 0.95', () => {
    const { seen, control } = recordedJob();
    control.context.part('Outer', 0.8, 1).part('Inner', 0.5, 1).report(1, 2, 'batches');
    expect(seen[0]!.fraction).toBeCloseTo(0.95, 12);
    expect(seen[0]).toMatchObject({ stage: 'Outer · Inner', done: 1, total: 2, unit: 'batches' });
  });

  it('reports a stage at most ten times a second', () => {
    const { seen, control } = recordedJob();
    for (let i = 1; i <= 500; i++) control.context.report(i, 500, 'images');
    expect(seen.length).toBeLessThanOrEqual(2);
  });

  it('does not guess the time left before a hundredth is done', () => {
    const { seen, control } = recordedJob();
    control.context.report(1, 1000, 'images');
    expect(seen[0]!.etaMs).toBeNull();
  });

  it('tells the speed of each stage from its own first report, without pauses', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { seen, control } = recordedJob();
    const reading = control.context.part('Reading', 0, 0.5);
    reading.report(10, 900, 'images');
    vi.advanceTimersByTime(2000);
    control.pause();
    vi.advanceTimersByTime(7000);
    control.resume();
    reading.report(610, 900, 'images');
    const decoding = control.context.part('Decoding', 0.5, 1);
    decoding.report(0, 900, 'images');
    vi.advanceTimersByTime(3000);
    decoding.report(150, 900, 'images');
    vi.useRealTimers();
    expect(seen.map(({ perSecond }) => perSecond)).toEqual([null, 300, null, 50]);
  });
});

describe('a failure from outside', () => {
  it('ends the job at its next breath with that very error, also while it is paused', async () => {
    const { control } = recordedJob();
    const lost = new LabError({ code: 'device-lost', message: 'The GPU device was lost.', hint: 'Go on.' });
    control.pause();
    const work = control.context.breathe();
    control.fail(lost);
    await expect(work).rejects.toBe(lost);
  });

  it('comes before a cancel: what ended the job is the failure', async () => {
    const { control } = recordedJob();
    control.cancel();
    control.fail(new LabError({ code: 'device-lost', message: 'm', hint: 'h' }));
    await expect(control.context.breathe()).rejects.toMatchObject({ code: 'device-lost' });
  });
});

describe('cancel and pause', () => {
  it('takes effect at the next breath, as a named error', async () => {
    const { control } = recordedJob();
    await control.context.breathe();
    control.cancel();
    await expect(control.context.breathe()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('lets timers run between two breaths', async () => {
    const { control } = recordedJob();
    setTimeout(() => control.cancel(), 0);
    const work = (async () => {
      for (;;) await control.context.breathe();
    })();
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('holds the job while paused and lets it go on when resumed', async () => {
    const { control } = recordedJob();
    control.pause();
    let passed = false;
    const work = control.context.breathe().then(() => {
      passed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(passed).toBe(false);
    control.resume();
    await work;
    expect(passed).toBe(true);
  });

  it('can be cancelled while paused', async () => {
    const { control } = recordedJob();
    control.pause();
    const work = control.context.breathe();
    control.cancel();
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });
});
