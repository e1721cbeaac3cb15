import { expect, it } from 'vitest';
import { compareScores } from './compareScores';

it('puts the lowest score first and what is no number last, wherever it stood', () => {
  const sorted = [-Infinity, -1, 0, 2, Infinity, Number.NaN, Number.NaN];
  expect([Number.NaN, 2, Infinity, Number.NaN, -1, 0, -Infinity].sort(compareScores)).toEqual(sorted);
  expect([2, -Infinity, Number.NaN, 0, -1, Infinity, Number.NaN].sort(compareScores)).toEqual(sorted);
});

it('holds equal infinities equal', () => {
  expect(compareScores(Infinity, Infinity)).toBe(0);
});
