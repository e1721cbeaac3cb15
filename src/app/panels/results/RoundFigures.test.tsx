import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { createLabStore } from '../../store/createLabStore';
import { LabProvider } from '../../store/LabProvider';
import { fakeRecord } from '../../testing/fakeData';
import { createFakeEngine } from '../../testing/fakeEngine';
import { RoundFigures } from './RoundFigures';
import type { Selection } from './selection';
import { shownEvaluations } from './shownEvaluations';

afterEach(cleanup);

const record = fakeRecord();

function open(selection: Selection) {
  const store = createLabStore(createFakeEngine({ stepMs: 1, inventory: { runs: [record] } }));
  const view = (chosen: Selection) => (
    <LabProvider store={store}>
      <RoundFigures
        record={record}
        selection={chosen}
        shown={shownEvaluations(record, chosen.arm, chosen.split, chosen.round)}
      />
    </LabProvider>
  );
  const { rerender } = render(view(selection));
  return { user: userEvent.setup(), choose: (chosen: Selection) => rerender(view(chosen)) };
}

it('shows classes and levelling from the record at once', async () => {
  const { user } = open({ arm: 'snnl', split: 'validation', round: 1 });
  expect(screen.getByRole('figure', { name: /^Classes, by how far/ })).toBeDefined();
  await user.click(screen.getByRole('radio', { name: 'Levelling' }));
  expect(screen.getByRole('figure', { name: 'F1 of each group, before and after' })).toBeDefined();
});

it('shows the full analysis of the round that was analysed, and not of another', async () => {
  const { user, choose } = open({ arm: 'snnl', split: 'validation', round: 1 });
  await user.click(screen.getByRole('button', { name: /^Add intervals/ }));
  await waitFor(() => expect(screen.getByRole('figure', { name: 'F1 by group' })).toBeDefined(), { timeout: 5000 });
  await user.click(screen.getByRole('radio', { name: 'Gaps' }));
  expect(screen.getByRole('figure', { name: 'Gaps between the groups' })).toBeDefined();
  choose({ arm: 'snnl', split: 'validation', round: 2 });
  expect(screen.queryByRole('figure', { name: 'Gaps between the groups' })).toBeNull();
  expect(screen.getByRole('button', { name: /^Add intervals/ })).toBeDefined();
});
