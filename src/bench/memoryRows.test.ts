import { expect, it } from 'vitest';
import { memoryRows } from './memoryRows';

it('holds when tensors and bytes are equal, and misses by one tensor more', () => {
  const one = { tensors: 10, bytes: 400 };
  expect(memoryRows([one, one]).map(({ ok }) => ok)).toEqual([true, true]);
  const rows = memoryRows([one, { tensors: 11, bytes: 400 }]);
  expect(rows.map(({ ratio, ok }) => [ratio, ok])).toEqual([
    [1.1, false],
    [1, true],
  ]);
});
