import { act, cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { EngineNotice, LabEngine } from '../../../engine/labEngine';
import type { RunRecord } from '../../../recipe/runRecord';
import { App } from '../../App';
import { createLabStore } from '../../store/createLabStore';
import { fakeRecord } from '../../testing/fakeData';
import { createFakeEngine } from '../../testing/fakeEngine';
import { loadStepPanels } from '../stepPanels';

beforeAll(loadStepPanels);
afterEach(cleanup);

const id = 'tab/1';
const run: RunRecord = { ...fakeRecord(undefined, 1), status: 'running' };
const progress = {
  stage: 'SNNL-Fair, round 2 of 3 · fine-tuning',
  done: 1,
  total: 4,
  unit: 'batches',
  fraction: 0.25,
  etaMs: null,
  perSecond: null,
};

/** The page in the step Prune, on an engine that says of other tabs what it is told to. */
async function open(inventory: { runs: RunRecord[] }) {
  let say: (notice: EngineNotice) => void = () => undefined;
  const fake = createFakeEngine({ stepMs: 1, inventory });
  const engine: LabEngine = {
    ...fake,
    subscribe(listener) {
      say = listener;
      return fake.subscribe(listener);
    },
  };
  const store = createLabStore(engine);
  render(<App store={store} />);
  await waitFor(() => expect(store.getState().inventory.runs).toHaveLength(inventory.runs.length));
  act(() => store.getState().actions.goTo('prune'));
  return { store, say: (notice: EngineNotice) => act(() => say(notice)), user: userEvent.setup() };
}

const owns = (...names: `run/${string}`[]): EngineNotice => ({ kind: 'owned-elsewhere', names });

it('a run that another tab works on is not interrupted, can be watched, and is offered once that tab is closed', async () => {
  const { user, say } = await open({ runs: [run] });
  say(owns(`run/${run.id}`));
  expect(screen.queryByRole('button', { name: /^Resume the run/ })).toBeNull();
  expect(screen.getByText(/is running in another tab: SNNL-Fair 1 of \d+ rounds/)).toBeDefined();
  await user.click(screen.getByRole('button', { name: /^Watch the run of/ }));
  expect((await screen.findAllByText(/FATE of .* so far/)).length).toBeGreaterThan(0);
  expect(screen.queryByRole('button', { name: /^Watch the run of/ })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Cancel run' })).toBeNull();
  say(owns());
  expect(screen.getByRole('button', { name: /^Resume the run/ })).toBeDefined();
});

it('rounds of another tab arrive in the run that is shown, and change nothing else that is open', async () => {
  const shown = { ...run, id: 'shown' as RunRecord['id'] };
  const { store, say } = await open({ runs: [run, shown] });
  await act(() => store.getState().actions.showRun(shown.id));
  const next: RunRecord = { ...fakeRecord(undefined, 2), status: 'running' };
  say({ kind: 'elsewhere', news: { kind: 'run', id, record: next } });
  expect(store.getState().record).toBe(shown);
  expect(store.getState().inventory.runs.map(({ arms }) => arms[0]!.rounds.length)).toEqual([2, 1]);
  await act(() => store.getState().actions.showRun(run.id));
  say({ kind: 'elsewhere', news: { kind: 'run', id, record: next } });
  expect(store.getState().record).toBe(next);
});

it('the job of another tab is shown as one, without buttons, until it has ended; then what is stored is read again', async () => {
  const { store, say } = await open({ runs: [run] });
  say({ kind: 'elsewhere', news: { kind: 'progress', id, job: 'runRecipe', progress } });
  const bar = screen.getByRole('contentinfo', { name: 'Job' });
  expect(bar.textContent).toContain('In another tab · SNNL-Fair, round 2 of 3 · fine-tuning');
  expect(bar.textContent).toContain('25.0 % · 1 of 4 batches');
  expect(bar.textContent).toContain('cancel it there');
  expect(bar.querySelector('button')).toBeNull();
  const before = store.getState().inventory;
  say({ kind: 'elsewhere', news: { kind: 'ended', id } });
  expect(bar.textContent).toContain('No job is running.');
  await waitFor(() => expect(store.getState().inventory).not.toBe(before));
});
