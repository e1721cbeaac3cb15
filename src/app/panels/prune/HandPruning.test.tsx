import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { App } from '../../App';
import { createLabStore } from '../../store/createLabStore';
import { fakeModel, fakeRecord } from '../../testing/fakeData';
import { createFakeEngine } from '../../testing/fakeEngine';
import { loadStepPanels } from '../stepPanels';

beforeAll(loadStepPanels);
afterEach(cleanup);

const step = (name: RegExp) => within(screen.getByRole('navigation', { name: 'Steps' })).getByRole('button', { name });

function open(options: Partial<Parameters<typeof createFakeEngine>[0]> = {}) {
  const store = createLabStore(createFakeEngine({ stepMs: 1, ...options }));
  store.getState().actions.openModel(fakeModel());
  render(<App store={store} />);
  return { user: userEvent.setup(), store };
}

it('plans channels of several layers before anything changes, prunes them, and goes back exactly', async () => {
  const { user, store } = open({ inventory: { models: [fakeModel()] } });
  await store.getState().actions.readInventory();
  await user.click(step(/Prune/));
  await user.click(screen.getByRole('radio', { name: /By hand/ }));
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Prune' }).disabled).toBe(true);
  await user.type(screen.getByRole('textbox', { name: /^Channels of conv3 \(128 left, 0 … 127\)/ }), '1, 5, 9-12');
  await screen.findByRole('heading', { name: 'This removes 6 channels of conv3' });
  await user.click(screen.getByRole('button', { name: 'Add a layer' }));
  await user.type(screen.getByRole('textbox', { name: /^Channels of conv1/ }), '31');
  expect(store.getState().inventory.models).toHaveLength(1);
  await user.click(await screen.findByRole('button', { name: 'Prune 7 channels of 2 layers' }));
  await user.click(await screen.findByRole('button', { name: /^Undo the pruning: go back to Demo baseline/ }));
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Undo the pruning/ })).toBeNull());
  expect(store.getState().stages.model).toMatchObject({ status: 'done', result: { name: 'Demo baseline' } });
  expect(store.getState().inventory.models.map(({ name }) => name)).toEqual([
    'Demo baseline',
    'Demo baseline · pruned',
  ]);
});

it('says which channel is not there instead of planning', async () => {
  const { user } = open();
  await user.click(step(/Prune/));
  await user.click(screen.getByRole('radio', { name: /By hand/ }));
  await user.type(screen.getByRole('textbox', { name: /^Channels of conv3/ }), '1, 128');
  expect(screen.getByText(/The layer "conv3" has no channel 128\./)).toBeDefined();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Prune' }).disabled).toBe(true);
});

it('any round of a run can be the start of another', async () => {
  const record = fakeRecord();
  const { user, store } = open({ inventory: { runs: [record] } });
  await store.getState().actions.showRun(record.id);
  await user.click(step(/Prune/));
  await user.click(screen.getByRole('button', { name: /Go on from a round/ }));
  await user.click(screen.getByRole('button', { name: 'Go on from Random channels, round 2' }));
  await waitFor(() =>
    expect(store.getState().stages.model).toMatchObject({
      status: 'done',
      result: { name: 'Demo baseline · Random channels, round 2' },
    }),
  );
});
