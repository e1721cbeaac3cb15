import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { createLabStore } from '../../../store/createLabStore';
import { LabProvider } from '../../../store/LabProvider';
import { createFakeEngine } from '../../../testing/fakeEngine';
import { TableAudit } from './TableAudit';
import { TableAuditInspector } from './TableAuditInspector';

afterEach(cleanup);

function open() {
  render(
    <LabProvider store={createLabStore(createFakeEngine({ stepMs: 1 }))}>
      <TableAudit />
      <TableAuditInspector />
    </LabProvider>,
  );
  return userEvent.setup();
}

it("shows the impossible cells of the paper's tables, and on request all that are not exact", async () => {
  const user = open();
  await user.click(screen.getByRole('button', { name: 'Check the paper’s own tables' }));
  const rows = () => within(screen.getByRole('region', { name: 'Checked cells' })).getAllByRole('row').length - 1;
  expect(rows()).toBe(27);
  await user.click(screen.getByRole('radio', { name: 'Not exact' }));
  // Of 62 possible cells 25 are Eodds that keep their bounds: no finding.
  expect(rows()).toBe(27 + 62 - 25);
  await user.click(screen.getByRole('radio', { name: 'All' }));
  expect(rows()).toBe(270);
});

it('checks what is pasted, and says by name what is wrong with a text that is no table', async () => {
  const user = open();
  await user.click(screen.getByRole('textbox', { name: /as printed/ }));
  await user.paste('Method,F1,Eopp1,FATE Eopp1\nBase,0.50,0.40,0\nX,0.60,0.20,0.9');
  const cell = screen.getByRole('row', { name: /FATE Eopp1 0\.9/ });
  expect(cell.textContent).toContain('impossible');
  expect(cell.textContent).toContain('0.659 to 0.741');
  await user.type(screen.getByRole('textbox', { name: 'Baseline method' }), 'Nobody');
  expect(screen.getByRole('alert').textContent).toContain('There is no row "Nobody"');
});
