import { describe, expect, it } from 'vitest';
import { LabError, toErrorData } from '../foundation/labError';
import { createPageJobs, type JobPage } from './pageJobs';
import { fakeLab } from './testing/fakeLab';

const silentPage: JobPage = {
  choose: () => Promise.resolve(),
  start: () => Promise.resolve(),
  cancel: () => Promise.resolve(),
};
const crash = new LabError({ code: 'worker-crashed', message: 'The page crashed.', hint: 'Try again.' });

describe('a cancel', () => {
  it('before the first job keeps it from starting', async () => {
    const { lab, started } = fakeLab({ listInventory: () => ({}) });
    lab.cancel();
    await expect(lab.run('listInventory', {})).rejects.toMatchObject({ code: 'cancelled' });
    expect(started).toEqual([]);
  });

  it('between two jobs keeps the second from starting', async () => {
    const { lab, started } = fakeLab({ listInventory: () => ({}) });
    await lab.run('listInventory', {});
    lab.cancel();
    await expect(lab.run('listInventory', {})).rejects.toMatchObject({ code: 'cancelled' });
    expect(started).toEqual(['listInventory']);
  });

  it('while files are being chosen keeps the job from starting', async () => {
    let chosen = () => undefined as void;
    const started: string[] = [];
    const jobs = createPageJobs({
      ...silentPage,
      choose: () => new Promise((resolve) => (chosen = resolve)),
      start: async (_call, job) => void started.push(job),
    });
    const running = jobs.run('listInventory', {});
    jobs.cancel();
    chosen();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(started).toEqual([]);
  });

  it('ends the job under way', async () => {
    const { lab } = fakeLab({});
    const running = lab.run('listInventory', {});
    await Promise.resolve();
    lab.cancel();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('lets a job run that keeps what had finished', async () => {
    const { lab } = fakeLab({ exportModel: () => ({ bytes: Buffer.from('zip').toString('base64') }) });
    lab.cancel();
    const { bytes } = await lab.run(
      'exportModel',
      { modelId: 'm' as never, runId: null, format: 'tfjs' },
      { despiteCancel: true },
    );
    expect(Buffer.from(bytes).toString()).toBe('zip');
  });

  it('of a page that cannot be reached rejects nothing unheard', async () => {
    const jobs = createPageJobs({ ...silentPage, cancel: () => Promise.reject(new Error('Target closed')) });
    const running = jobs.run('listInventory', {});
    await Promise.resolve();
    jobs.cancel();
    await new Promise((resolve) => setTimeout(resolve, 5));
    jobs.fail(crash);
    await expect(running).rejects.toBe(crash);
  });
});

describe('a page that is gone', () => {
  it('ends the job under way, every later one, and the wait for the engine', async () => {
    const jobs = createPageJobs(silentPage);
    const running = jobs.run('listInventory', {});
    await Promise.resolve();
    jobs.fail(crash);
    await expect(running).rejects.toBe(crash);
    await expect(jobs.run('listInventory', {}, { despiteCancel: true })).rejects.toBe(crash);
    await expect(jobs.environment).rejects.toBe(crash);
  });
});

it('an engine that cannot be had is heard of by whoever waits for it later', async () => {
  const jobs = createPageJobs(silentPage);
  const error = toErrorData(new LabError({ code: 'no-backend', message: 'Nothing computes.', hint: 'Update.' }));
  jobs.receive({ kind: 'notice', notice: { kind: 'unusable', error } });
  await new Promise((resolve) => setTimeout(resolve, 5));
  await expect(jobs.environment).rejects.toMatchObject({ code: 'no-backend' });
});

it('a job that the page does not take rejects with the page’s error', async () => {
  const jobs = createPageJobs({ ...silentPage, start: () => Promise.reject(new Error('Execution context destroyed')) });
  await expect(jobs.run('listInventory', {})).rejects.toThrow('Execution context destroyed');
});
