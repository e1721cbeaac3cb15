import { expect, it } from 'vitest';
import { LabError } from '../../foundation/labError';
import { createFakeEngine, type FakeEngineOptions } from '../testing/fakeEngine';
import { createLabStore } from './createLabStore';

function createStore(options: Partial<FakeEngineOptions> = {}) {
  const store = createLabStore(createFakeEngine({ stepMs: 0, ...options }));
  return {
    store,
    actions: store.getState().actions,
    status: (stage: 'data' | 'model' | 'scores' | 'prune') => store.getState().stages[stage].status,
  };
}

it('goes from the demo to a finished run', async () => {
  const { store, actions, status } = createStore();
  await actions.loadDemo();
  await actions.scoreChannels();
  await actions.runRecipe();
  expect([status('data'), status('model'), status('scores'), status('prune')]).toEqual([
    'done',
    'done',
    'done',
    'done',
  ]);
  expect(store.getState().record?.status).toBe('finished');
  expect(store.getState().inventory.runs).toHaveLength(1);
});

it('loads no model when the demo could not be made', async () => {
  const error = new LabError({ code: 'quota-exceeded', message: 'The disk is full.', hint: 'Delete a dataset.' });
  const { store, actions, status } = createStore({ failures: { generateDemo: error } });
  await actions.loadDemo();
  expect(store.getState().stages.data).toMatchObject({ status: 'failed', error: { code: 'quota-exceeded' } });
  expect(status('model')).toBe('idle');
});

it('cancels a run and keeps its finished rounds', async () => {
  const { store, actions, status } = createStore({ stepMs: 2 });
  await actions.loadDemo();
  const run = actions.runRecipe();
  await new Promise<void>((resolve) => {
    const stop = store.subscribe(({ record }) => {
      if (record) {
        stop();
        resolve();
      }
    });
  });
  actions.cancel('prune');
  await run;
  expect(status('prune')).toBe('cancelled');
  expect(store.getState().record?.arms[0]?.rounds.length).toBeGreaterThan(0);
});

it('resumes with the data, the model and the settings of the interrupted run', async () => {
  const { store, actions } = createStore();
  await actions.loadDemo();
  await actions.runRecipe();
  const { record } = store.getState();
  actions.changeRun({ seed: 777 });
  expect(store.getState().stages.prune.status).toBe('stale');
  await actions.resumeRun(record!.id);
  expect(store.getState().settings.run.seed).toBe(record!.config.seed);
  expect(store.getState().stages.prune.status).toBe('done');
});

it('gives an exported file to its caller and keeps only its name', async () => {
  const { store, actions } = createStore();
  await actions.loadDemo();
  const file = await actions.exportModel({
    modelId: store.getState().inventory.models[0]!.id,
    runId: null,
    format: 'tfjs',
  });
  expect(file?.bytes.byteLength).toBe(8);
  expect(store.getState().stages.export).toMatchObject({ status: 'done', result: { fileName: file?.fileName } });
});

it('trains with the shape of the data and keeps every epoch', async () => {
  const { store, actions } = createStore();
  await actions.loadDemo();
  actions.changeSettings({ training: { ...store.getState().settings.training, epochs: 5 } });
  await actions.trainModel();
  expect(store.getState().trainingHistory.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
});
