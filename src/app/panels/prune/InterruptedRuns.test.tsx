import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { runId } from '../../../foundation/ids';
import { createLabStore } from '../../store/createLabStore';
import { LabProvider } from '../../store/LabProvider';
import { fakeRecord } from '../../testing/fakeData';
import { createFakeEngine, type FakeEngineOptions } from '../../testing/fakeEngine';
import { InterruptedRuns } from './InterruptedRuns';

afterEach(cleanup);

const damage = {
  code: 'artifact-damaged',
  message: 'Of the run ab this is damaged or missing: round 1 of SNNL-Fair.',
  hint: 'Resume the run.',
} as const;

async function show(inventory: FakeEngineOptions['inventory']) {
  const store = createLabStore(createFakeEngine({ stepMs: 0, inventory }));
  await store.getState().actions.readInventory();
  render(
    <LabProvider store={store}>
      <InterruptedRuns />
    </LabProvider>,
  );
  return store;
}

it('a damaged run says what is damaged, and is computed again by a click', async () => {
  const store = await show({ runs: [{ ...fakeRecord(), status: 'failed', error: damage }] });
  expect(screen.getByText(/round 1 of SNNL-Fair/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: /^Compute again the run of / }));
  expect(store.getState().stages.prune.status).toMatch(/running|done/);
});

it('a run whose record is lost is offered when it can be computed again, and not otherwise', async () => {
  await show({
    unreadableRuns: [
      { id: runId('ab'), error: damage, canResume: true },
      { id: runId('cd'), error: damage, canResume: false },
    ],
  });
  expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
    'Compute again the run ab',
  ]);
});
