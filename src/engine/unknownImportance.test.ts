import { beforeAll, expect, it } from 'vitest';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import { formatRunRecord } from '../recipe/parseRunRecord';
import { handMadeRecord } from '../testing/handMadeRecord';
import { startTestHost } from '../testing/startTestHost';
import type { EngineHost } from './engineHost';
import { jobHandlers } from './jobs/jobHandlers';
import { createLocalEngine } from './localEngine';
import { Workspace } from './workspace';

let host: Omit<EngineHost, 'store'>;
beforeAll(async () => {
  host = await startTestHost();
});

it('a record with an arm that this lab does not know is kept and read, and is not computed on', async () => {
  const engine = createLocalEngine(new Workspace({ ...host, store: createMemoryFileStore() }), jobHandlers);
  const record = handMadeRecord();
  const arm = 'from-elsewhere';
  const foreign = {
    ...record,
    status: 'cancelled' as const,
    config: { ...record.config, arms: [arm] },
    arms: record.arms.map((own) => ({ ...own, arm })),
  };
  await engine.start('importRecord', { text: formatRunRecord(foreign) }).result;
  const read = await engine.start('readRun', { runId: record.id }).result;
  expect(read).toEqual({ ...foreign, origin: expect.objectContaining({ kind: 'imported' }) });

  const named = { code: 'importance-not-found', message: expect.stringContaining(arm) };
  await expect(engine.start('resumeRun', { runId: record.id }).result).rejects.toMatchObject(named);
  const params = { datasetId: record.dataset.id, modelId: record.model.id, config: foreign.config };
  await expect(engine.start('runRecipe', params).result).rejects.toMatchObject(named);
});
