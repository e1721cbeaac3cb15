import { expect, it } from 'vitest';
import { formatTable } from './formatTable';

it('prints ratios to three figures, bars with their direction, and why a row has no ratio', () => {
  const table = formatTable([
    { name: 'fast', ratio: 6.28318, bar: { atLeast: 5 }, ok: true },
    { name: 'slow', ratio: 4, bar: { atMost: 3.5 }, ok: false },
    { name: 'information', ratio: 0.0123456, bar: null, ok: null },
    { name: 'even', ratio: 1, bar: { equal: 1 }, ok: true },
    { name: 'missing', ratio: null, bar: { atMost: 1.2 }, ok: null, note: 'no PyTorch here' },
  ]);
  expect(table.split('\n')).toEqual([
    '| what | ratio | bar | |',
    '|---|---|---|---|',
    '| fast | 6.28 | ≥ 5 | ✓ |',
    '| slow | 4.00 | ≤ 3.5 | ✗ |',
    '| information | 0.0123 |  |  |',
    '| even | 1.00 | = 1 | ✓ |',
    '| missing | no PyTorch here | ≤ 1.2 |  |',
  ]);
});
