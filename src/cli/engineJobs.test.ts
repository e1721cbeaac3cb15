import { describe, expect, it } from 'vitest';
import type { LabEngine } from '../engine/labEngine';
import type { LabFile } from '../engine/protocol/jobMap';
import { createEngineJobs } from './engineJobs';
import { fakeLab } from './testing/fakeLab';

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

  it('while files are being listed keeps the job from starting', async () => {
    let listed = (_files: LabFile[]) => undefined as void;
    const start: LabEngine['start'] = () => {
      throw new Error('It was started.');
    };
    const jobs = createEngineJobs({ start }, () => new Promise((resolve) => (listed = resolve)));
    const running = jobs.run('inspectFiles', { files: [] }, { paths: ['folder'] });
    jobs.cancel();
    listed([]);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('ends the job under way', async () => {
    const { lab } = fakeLab({});
    const running = lab.run('listInventory', {});
    await Promise.resolve();
    lab.cancel();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('lets a job run that keeps what had finished', async () => {
    const { lab } = fakeLab({ exportModel: () => ({ bytes: new TextEncoder().encode('zip').buffer }) });
    lab.cancel();
    const { bytes } = await lab.run(
      'exportModel',
      { modelId: 'm' as never, runId: null, format: 'tfjs' },
      { despiteCancel: true },
    );
    expect(Buffer.from(bytes).toString()).toBe('zip');
  });
});

it('files that are named fill a job’s empty list, also inside its source', async () => {
  const seen: object[] = [];
  const start = ((_job: string, params: object) => {
    seen.push(params);
    return { result: Promise.resolve() };
  }) as unknown as LabEngine['start'];
  const file = { path: 'a.h5', file: new File([], 'a.h5') };
  const jobs = createEngineJobs({ start }, async () => [file]);
  await jobs.run('inspectFiles', { files: [] }, { paths: ['a.h5'] });
  await jobs.run('loadModel', { source: { kind: 'files', files: [] } }, { paths: ['a.h5'] });
  expect(seen).toEqual([{ files: [file] }, { source: { kind: 'files', files: [file] } }]);
});
