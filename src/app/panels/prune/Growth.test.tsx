import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { createLabStore } from '../../store/createLabStore';
import { LabProvider } from '../../store/LabProvider';
import { fakeModel } from '../../testing/fakeData';
import { createFakeEngine } from '../../testing/fakeEngine';
import { Growth } from './Growth';

afterEach(cleanup);

const targets = { conv3: [1, 2] };

async function show(parametersAfter: number) {
  const store = createLabStore(createFakeEngine({ stepMs: 1 }));
  const { actions } = store.getState();
  const plan = { ...(await actions.planPruning(fakeModel().id, targets, 'tail')), parametersAfter };
  render(
    <LabProvider store={store}>
      <Growth model={fakeModel()} plan={plan} targets={targets} />
    </LabProvider>,
  );
  return store;
}

it('a plan that makes the network larger says so, and offers the mode that makes it smaller', async () => {
  // The whole stage without two channels: 94,022 − 2 · 583 parameters.
  const store = await show(95_000);
  expect(screen.getByRole('status').textContent).toContain('larger, not smaller: 94,022 → 95,000 parameters');
  await userEvent.click(await screen.findByRole('button', { name: 'Remove them from the whole stage' }));
  expect(screen.getByRole('status').textContent).toContain('94,022 → 92,856 parameters');
  expect(store.getState().settings.run.pruning.mode).toBe('stage');
});

it('a plan that makes it smaller says nothing', async () => {
  await show(92_856);
  expect(screen.queryByRole('status')).toBeNull();
});
