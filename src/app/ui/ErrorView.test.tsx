import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { ErrorView } from './ErrorView';

afterEach(cleanup);

const error = {
  code: 'column-missing',
  stage: 'reading labels.csv',
  message: 'The column "skin" is not there.',
  hint: 'Choose another column.',
} as const;

it('says where, what happened, what to do, and the code', () => {
  render(<ErrorView error={error} />);
  const alert = screen.getByRole('alert');
  expect(alert.textContent).toContain('While reading labels.csv: The column "skin" is not there.');
  expect(alert.textContent).toContain('Choose another column.');
  expect(screen.getByText('column-missing').tagName).toBe('CODE');
});

it('can be dismissed when that is allowed', async () => {
  const dismiss = vi.fn();
  render(<ErrorView error={error} onDismiss={dismiss} />);
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
  expect(dismiss).toHaveBeenCalledOnce();
});
