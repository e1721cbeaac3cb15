import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { CutHandle } from './CutHandle';

afterEach(cleanup);

const ranked = Array.from({ length: 50 }, (_, index) => ({
  rank: index + 1,
  position: index,
  originalChannel: index,
  score: index / 10,
  standardError: null,
}));

function Harness({ start }: { start: number }) {
  const [count, setCount] = useState(start);
  return (
    <CutHandle
      x={0}
      height={300}
      count={count}
      channelCount={50}
      cutText="0.55"
      ranked={ranked}
      toScore={(pixel) => pixel}
      onChange={setCount}
    />
  );
}

async function countAfter(start: number, keys: string): Promise<string | null> {
  render(<Harness start={start} />);
  await userEvent.tab();
  await userEvent.keyboard(keys);
  return screen.getByRole('slider', { name: 'Cut: channels to prune' }).getAttribute('aria-valuenow');
}

it.each([
  ['one channel more with the right arrow', 5, '{ArrowRight}', '6'],
  ['one channel fewer with the left arrow', 5, '{ArrowLeft}', '4'],
  ['ten more with page up', 5, '{PageUp}', '15'],
  ['to the first with home', 20, '{Home}', '1'],
  ['to all but one with end', 20, '{End}', '49'],
  ['never below one', 1, '{ArrowLeft}{PageDown}', '1'],
  ['never to the last channel', 49, '{ArrowRight}', '49'],
])('moves %s', async (_, start, keys, expected) => {
  expect(await countAfter(start, keys)).toBe(expected);
});

it('says in words where the cut is', () => {
  render(<Harness start={5} />);
  expect(screen.getByRole('slider').getAttribute('aria-valuetext')).toBe('5 of 50 channels (10.0 %), score below 0.55');
});
