import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { importances } from '../importance/importances';
import { completeRunConfig } from '../recipe/runConfig';
import type { RunRecord } from '../recipe/runRecord';
import { highestSkewness } from '../testing/highestSkewness';
import { App } from './App';
import { loadStepPanels } from './panels/stepPanels';
import { createLabStore } from './store/createLabStore';
import { fakeRecord } from './testing/fakeData';
import { createFakeEngine } from './testing/fakeEngine';

const { id, label } = highestSkewness;
beforeAll(() => importances.register(highestSkewness));
beforeAll(loadStepPanels);
afterEach(cleanup);

const step = (name: RegExp) => within(screen.getByRole('navigation', { name: 'Steps' })).getByRole('button', { name });

function open(runs: RunRecord[] = []) {
  const store = createLabStore(createFakeEngine({ stepMs: 1, inventory: { runs } }));
  render(<App store={store} />);
  return { user: userEvent.setup(), store };
}

it('a registered importance is in the form of the settings, with what it ranks by, and becomes an arm of the run', async () => {
  const { user, store } = open();
  await user.click(screen.getByRole('button', { name: 'Use the demo' }));
  await waitFor(() => expect(step(/^2 Model, done/)).toBeDefined());
  await user.click(step(/Prune/));
  const box = screen.getByRole('checkbox', { name: label });
  await waitFor(() => expect(box).toHaveProperty('disabled', false));
  await user.click(box);
  expect(store.getState().settings.run.arms).toEqual(['snnl', 'random', 'fine-tune-only', id]);
  await user.click(screen.getByText('What they rank by'));
  expect(screen.getByText(new RegExp(`^${label}: ${highestSkewness.meaning}`))).toBeDefined();
  await user.click(screen.getByRole('button', { name: /^Prune 3 channels and fine-tune/ }));
  await waitFor(() => expect(step(/^5 Results, done/)).toBeDefined());
  await user.click(step(/Compare/));
  expect((await screen.findAllByText(label)).length).toBeGreaterThan(0);
});

it('a record with an importance that is not registered is shown with its id', async () => {
  const made = fakeRecord(completeRunConfig({ arms: ['snnl', 'random'] }));
  const rename = (arm: string) => (arm === 'random' ? 'from-elsewhere' : arm);
  const record = {
    ...made,
    config: { ...made.config, arms: made.config.arms.map(rename) },
    arms: made.arms.map((own) => ({ ...own, arm: rename(own.arm) })),
  };
  const { user } = open([record]);
  await user.click(step(/Compare/));
  expect((await screen.findAllByText('from-elsewhere')).length).toBeGreaterThan(0);
});
