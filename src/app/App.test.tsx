import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { EngineNotice, LabEngine } from '../engine/labEngine';
import { LabError } from '../foundation/labError';
import { App } from './App';
import { loadStepPanels } from './panels/stepPanels';
import { createLabStore } from './store/createLabStore';
import { createFakeEngine, type FakeEngineOptions } from './testing/fakeEngine';

let complaints: ReturnType<typeof vi.spyOn>[] = [];
beforeEach(() => {
  complaints = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];
});
beforeAll(loadStepPanels);
afterEach(() => {
  cleanup();
  for (const complaint of complaints) {
    expect(complaint).not.toHaveBeenCalled();
    complaint.mockRestore();
  }
});

function open(options: Partial<FakeEngineOptions> = {}) {
  render(<App store={createLabStore(createFakeEngine({ stepMs: 1, ...options }))} />);
  return userEvent.setup();
}

const step = (name: RegExp) => within(screen.getByRole('navigation', { name: 'Steps' })).getByRole('button', { name });
const idle = () => waitFor(() => expect(screen.getByText('No job is running.')).toBeDefined(), { timeout: 5000 });

it('leads from the demo to a downloaded model in eight clicks', async () => {
  const user = open();
  let clicks = 0;
  const click = async (element: HTMLElement) => {
    clicks += 1;
    await user.click(element);
  };
  await click(screen.getByRole('button', { name: 'Use the demo' }));
  await waitFor(() => expect(step(/^2 Model, done/)).toBeDefined());
  await idle();
  await click(step(/Scores/));
  await click(screen.getByRole('button', { name: 'Score channels' }));
  await waitFor(() => expect(step(/^3 Scores, done/)).toBeDefined());
  await click(step(/Prune/));
  await click(screen.getByRole('button', { name: /^Prune 3 channels and fine-tune/ }));
  await waitFor(() => expect(step(/^5 Results, done/)).toBeDefined());
  await idle();
  await click(step(/Results/));
  expect(screen.getByRole('region', { name: 'What this run shows' }).textContent).toContain('FATE of Eodd');
  await click(step(/Export/));
  const download = screen.getByRole('button', { name: 'Download SNNL-Fair, round 2 (zip)' });
  await click(download);
  await waitFor(() => expect(screen.getByText('fake-snnl-2.zip is in your downloads.')).toBeDefined());
  expect(clicks).toBeLessThanOrEqual(8);
});

it('says in every step what to do while there is nothing to show', async () => {
  const user = open();
  for (const [name, text] of [
    [/Scores/, 'No scores yet.'],
    [/Prune/, 'There is nothing to prune yet.'],
    [/Results/, 'No run yet.'],
    [/Compare/, 'No runs to compare.'],
    [/Export/, 'There is nothing to export yet.'],
  ] as const) {
    await user.click(step(name));
    expect(screen.getByText(text)).toBeDefined();
  }
});

it('shows what failed, where, with a hint and a code', async () => {
  const error = new LabError({
    code: 'storage-failed',
    message: 'The images could not be written.',
    hint: 'Free some space.',
  });
  const user = open({ failures: { generateDemo: error } });
  await user.click(screen.getByRole('button', { name: 'Use the demo' }));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('The images could not be written.');
  expect(alert.textContent).toContain('Free some space.');
  expect(alert.textContent).toContain('storage-failed');
});

it('offers to resume a run that was interrupted', async () => {
  const { fakeRecord } = await import('./testing/fakeData');
  const user = open({ inventory: { runs: [fakeRecord(undefined, 1)] } });
  await user.click(step(/Prune/));
  await user.click(await screen.findByRole('button', { name: /^Resume the run of/ }));
  await waitFor(() => expect(step(/^5 Results, done/)).toBeDefined());
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Resume the run of/ })).toBeNull());
});

it('keeps what fails while a step is drawn to that step, also its buttons and its inspector: the others can be opened', async () => {
  const user = userEvent.setup();
  const store = createLabStore(createFakeEngine({ stepMs: 1 }));
  render(<App store={store} />);
  await idle();
  const complained = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  await user.click(step(/Scores/));
  const { settings } = store.getState();
  // What no setting can be: whatever reads it while it draws throws.
  act(() => store.setState({ settings: { ...settings, run: null as never } }));
  expect(screen.getAllByText('page-failed').length).toBeGreaterThan(0);
  expect(screen.getByRole('heading', { name: 'SNNL-Fair Lab' })).toBeDefined();
  await user.click(step(/Data/));
  expect(screen.queryByText('page-failed')).toBeNull();
  expect(screen.getByRole('button', { name: 'Use the demo' })).toBeDefined();
  await user.click(step(/Scores/));
  expect(screen.getAllByText('page-failed').length).toBeGreaterThan(0);
  act(() => store.setState({ settings }));
  for (const again of screen.getAllByRole('button', { name: 'Try again' })) await user.click(again);
  expect(screen.queryByText('page-failed')).toBeNull();
  expect(screen.getByText('No scores yet.')).toBeDefined();
  expect(complained).toHaveBeenCalled();
  complained.mockReset();
});

it('says when nothing can compute, and starts a new worker when asked to', async () => {
  let tell: (notice: EngineNotice) => void = () => undefined;
  const restart = vi.fn(() => tell({ kind: 'restarted', error: null }));
  const subscribe: LabEngine['subscribe'] = (listener) => {
    tell = listener;
    return () => undefined;
  };
  render(<App store={createLabStore({ ...createFakeEngine({ stepMs: 1 }), subscribe, restart })} />);
  const gone = {
    code: 'server-unreachable',
    message: 'The lab’s own server does not answer.',
    hint: 'Start it.',
  } as const;
  act(() => tell({ kind: 'unusable', error: gone }));
  expect(screen.getByRole('alert').textContent).toContain('server-unreachable');
  expect(screen.getByRole('button', { name: 'Backend: No engine' })).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Start a new worker' }));
  expect(restart).toHaveBeenCalledOnce();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.getByRole('button', { name: 'Backend: Starting the engine …' })).toBeDefined();
});

it('offers to resume a run whose device was lost', async () => {
  const { fakeRecord } = await import('./testing/fakeData');
  const error = { code: 'device-lost', message: 'The GPU device was lost.', hint: 'Go on.' } as const;
  const user = open({ inventory: { runs: [{ ...fakeRecord(undefined, 1), status: 'failed', error }] } });
  await user.click(step(/Prune/));
  expect(await screen.findByRole('button', { name: /^Resume the run of/ }, { timeout: 5000 })).toBeDefined();
});
