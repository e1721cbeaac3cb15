import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { FateCalculator } from './FateCalculator';

afterEach(cleanup);

it('works out a FATE as it is typed, and says whether a printed one can be', async () => {
  const user = userEvent.setup();
  render(<FateCalculator />);
  const type = (label: string, text: string) => user.type(screen.getByRole('textbox', { name: label }), text);
  await type('Avg F1, model', '.60');
  await type('Avg F1, baseline', '.50');
  await type('Gap, model', '.20');
  expect(screen.queryByText('0.7000')).toBeNull();
  await type('Gap, baseline', '.40');
  expect(screen.getByText('0.7000')).toBeDefined();
  expect(screen.getByText('0.659 to 0.741')).toBeDefined();
  await type('FATE to check', '0.75');
  expect(screen.getByText(/impossible/)).toBeDefined();
});
