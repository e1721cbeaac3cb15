import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { createLabStore } from '../../store/createLabStore';
import { LabProvider } from '../../store/LabProvider';
import { createFakeEngine } from '../../testing/fakeEngine';
import { loadStepPanels } from '../stepPanels';
import { DataPanel } from './DataPanel';

beforeAll(loadStepPanels);
afterEach(cleanup);

function open() {
  const store = createLabStore(createFakeEngine({ stepMs: 0 }));
  render(
    <LabProvider store={store}>
      <DataPanel />
    </LabProvider>,
  );
  return { store, user: userEvent.setup() };
}

const demoButton = () => screen.queryByRole('button', { name: 'Use the demo' });

it('leads from files that were dropped by mistake back to the start', async () => {
  const { store, user } = open();
  await store.getState().actions.inspectFiles([]);
  expect(await screen.findByRole('button', { name: /^Import/ })).toBeTruthy();
  expect(demoButton()).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Back to the start' }));
  expect(demoButton()).not.toBeNull();
  expect(store.getState().stages.inspection.status).toBe('idle');
});

it('offers the start, not the files of the last import, when other data are wanted', async () => {
  const { store, user } = open();
  const { actions } = store.getState();
  await actions.inspectFiles([]);
  await actions.importFiles();
  await user.click(await screen.findByRole('button', { name: 'Use other data' }));
  expect(demoButton()).not.toBeNull();
  await user.click(screen.getByRole('button', { name: 'Back to the audit' }));
  expect(demoButton()).toBeNull();
});
