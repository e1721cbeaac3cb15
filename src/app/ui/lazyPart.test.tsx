import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { createLabStore } from '../store/createLabStore';
import { LabProvider } from '../store/LabProvider';
import { createFakeEngine } from '../testing/fakeEngine';
import { ErrorBoundary } from './ErrorBoundary';
import { lazyPart } from './lazyPart';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const Greeting = ({ name }: { name: string }) => <p>Hello {name}.</p>;
const placeholder = <p>Not here yet.</p>;

it('draws its placeholder until its code is here, and reads it once', async () => {
  const read = vi.fn(async () => Greeting);
  const { Part } = lazyPart(read, placeholder);
  render(<Part name="Ada" />);
  expect(screen.getByText('Not here yet.')).toBeDefined();
  expect(await screen.findByText('Hello Ada.')).toBeDefined();
  expect(screen.queryByText('Not here yet.')).toBeNull();
  cleanup();
  render(<Part name="Emmy" />);
  expect(screen.getByText('Hello Emmy.')).toBeDefined();
  expect(read).toHaveBeenCalledOnce();
});

it('draws what was loaded before in the same turn', async () => {
  const { Part, load } = lazyPart(async () => Greeting, placeholder);
  await load();
  render(<Part name="Ada" />);
  expect(screen.getByText('Hello Ada.')).toBeDefined();
});

it('names a part that did not load, and loads it when it is drawn again', async () => {
  // React reports every error that a boundary catches.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const unloaded = new TypeError('Failed to fetch dynamically imported module: http://localhost/assets/Greeting-1.js');
  const read = vi.fn(async () => Greeting).mockRejectedValueOnce(unloaded);
  const { Part } = lazyPart(read, placeholder);
  render(
    <LabProvider store={createLabStore(createFakeEngine({ stepMs: 1 }))}>
      <ErrorBoundary place="the step Scores">
        <Part name="Ada" />
      </ErrorBoundary>
    </LabProvider>,
  );
  expect(await screen.findByText('part-not-loaded')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Hello Ada.')).toBeDefined();
});
