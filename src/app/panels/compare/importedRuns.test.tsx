import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { markImported } from '../../../recipe/markImported';
import type { RunRecord } from '../../../recipe/runRecord';
import { createLabStore } from '../../store/createLabStore';
import { LabProvider } from '../../store/LabProvider';
import { fakeRecord } from '../../testing/fakeData';
import { createFakeEngine } from '../../testing/fakeEngine';
import { RunTradeOff } from './RunTradeOff';
import { SeedTables } from './seeds/SeedTables';

afterEach(cleanup);

function run(seed: number): RunRecord {
  const record = fakeRecord();
  return { ...record, id: `run-${seed}` as RunRecord['id'], status: 'finished', config: { ...record.config, seed } };
}

const runs = [run(1), markImported(run(2), '2026-02-01T10:00:00.000Z')];

async function open(view: React.ReactNode) {
  const store = createLabStore(createFakeEngine({ stepMs: 1, inventory: { runs } }));
  await store.getState().actions.readInventory();
  render(<LabProvider store={store}>{view}</LabProvider>);
}

it('over seeds, the seed of a run that was read from a file is marked', async () => {
  await open(<SeedTables />);
  expect(screen.getByText(/over 2 seeds \(1, 2 \[not computed here\]\)/)).toBeDefined();
});

it('the trade-off says how many runs were not computed here, and which in its saved numbers', async () => {
  await open(<RunTradeOff />);
  const figure = screen.getByRole('figure');
  expect(figure.textContent).toContain('validation images · 1 of 2 runs not computed here');
  const user = userEvent.setup();
  const copied = vi.spyOn(navigator.clipboard, 'writeText');
  await user.click(screen.getByRole('button', { name: /^Save figure/ }));
  await user.click(screen.getByRole('menuitem', { name: 'Copy numbers' }));
  const [header, ...lines] = copied.mock.calls[0]![0].trim().split('\n');
  expect(header).toMatch(/,origin$/);
  for (const line of lines) expect(line.endsWith(',not computed here')).toBe(line.startsWith('run-2,'));
});
