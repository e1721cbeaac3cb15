import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LabError } from '../../foundation/labError';
import { createLabStore } from '../store/createLabStore';
import { LabProvider } from '../store/LabProvider';
import { fakeRecord } from '../testing/fakeData';
import { createFakeEngine } from '../testing/fakeEngine';
import { ErrorBoundary } from './ErrorBoundary';

// React reports every error that a boundary catches.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

let thrown: unknown = null;
function Fragile() {
  if (thrown !== null) throw thrown;
  return <p>All is well.</p>;
}

function show(error: unknown, record = false) {
  thrown = error;
  const store = createLabStore(createFakeEngine({ stepMs: 1 }));
  if (record) store.setState({ record: fakeRecord() });
  render(
    <LabProvider store={store}>
      <p>Beside it.</p>
      <ErrorBoundary place="the step Scores">
        <Fragile />
      </ErrorBoundary>
    </LabProvider>,
  );
  return userEvent.setup();
}

it('shows the code, words and hint of an error of the lab, and where it came up', () => {
  show(new LabError({ code: 'record-invalid', message: 'Round 2 has no scores.', hint: 'Open another run.' }));
  const { textContent } = screen.getByRole('alert');
  expect(textContent).toContain('While drawing the step Scores: Round 2 has no scores.');
  expect(textContent).toContain('Open another run.');
  expect(screen.getByText('record-invalid').tagName).toBe('CODE');
});

it('gives any other error a code of its own, and keeps it to its place', () => {
  show(new TypeError('x is undefined'));
  expect(screen.getByText('page-failed').tagName).toBe('CODE');
  expect(screen.getByRole('alert').textContent).toContain('x is undefined');
  expect(screen.getByText('Beside it.')).toBeDefined();
});

it('names a part of the page that could not be loaded', () => {
  show(new TypeError('Failed to fetch dynamically imported module: http://localhost:4173/assets/Charts-1a.js'));
  expect(screen.getByText('part-not-loaded')).toBeDefined();
  expect(screen.getByRole('alert').textContent).toContain('(Charts-1a.js)');
});

it('draws the place again when asked to', async () => {
  const user = show(new Error('once'));
  thrown = null;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(screen.getByText('All is well.')).toBeDefined();
  expect(screen.queryByRole('alert')).toBeNull();
});

it('offers to save the run record where there is one', async () => {
  show(new Error('no run'));
  expect(screen.queryByRole('button', { name: 'Save the run record' })).toBeNull();
  cleanup();
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  const user = show(new Error('with a run'), true);
  await user.click(screen.getByRole('button', { name: 'Save the run record' }));
  expect(saved).toHaveBeenCalledOnce();
});
