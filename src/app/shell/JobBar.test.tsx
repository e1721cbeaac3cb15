import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import type { EngineNotice, LabEngine } from '../../engine/labEngine';
import { createLabStore } from '../store/createLabStore';
import { LabProvider } from '../store/LabProvider';
import { createFakeEngine } from '../testing/fakeEngine';
import { JobBar } from './JobBar';

afterEach(cleanup);

function show() {
  let tell: (notice: EngineNotice) => void = () => undefined;
  let restarts = 0;
  const engine: LabEngine = {
    ...createFakeEngine({ stepMs: 1 }),
    subscribe(listener) {
      tell = listener;
      return () => undefined;
    },
    restart: () => {
      restarts += 1;
    },
  };
  render(
    <LabProvider store={createLabStore(engine)}>
      <JobBar />
    </LabProvider>,
  );
  return { tell: (notice: EngineNotice) => act(() => tell(notice)), restarts: () => restarts };
}

it('says for how long nothing was heard of the worker, and no longer once it is heard again', () => {
  const { tell } = show();
  expect(screen.queryByText(/Nothing heard/)).toBeNull();
  tell({ kind: 'silent', silentMs: 60_000 });
  expect(screen.getByText('Nothing heard of the worker for 60 s')).toBeDefined();
  tell({ kind: 'silent', silentMs: 180_000 });
  expect(screen.getByText('Nothing heard of the worker for 3 min')).toBeDefined();
  tell({ kind: 'heard' });
  expect(screen.queryByText(/Nothing heard/)).toBeNull();
});

it('leaves it to the user to end the silent worker', async () => {
  const { tell, restarts } = show();
  tell({ kind: 'silent', silentMs: 3_600_000 });
  expect(restarts()).toBe(0);
  await userEvent.click(screen.getByRole('button', { name: 'End it and start a new worker' }));
  expect(restarts()).toBe(1);
});
