import { expect, it } from 'vitest';
import { clearFinding, madeEvaluation } from '../testing/judgedRecord';
import { gapStanding, maskFate } from './maskFate';

it('FATE and its interval are no number against a baseline whose gap is within its noise floor; the gap stays', () => {
  const masked = maskFate(madeEvaluation(clearFinding), madeEvaluation({ isAboveFloor: false }));
  expect(masked.fate!.eodd).toBeNull();
  expect(masked.bootstrap!.fate!.eodd).toBeNull();
  expect(masked.report.eodd).toBe(0.05);
});

it.each([true, null])('a gap beyond chance, or one without a floor, keeps it (%s)', (isAboveFloor) => {
  const evaluation = madeEvaluation(clearFinding);
  expect(maskFate(evaluation, madeEvaluation({ isAboveFloor }))).toEqual(evaluation);
});

it('a gap stands beyond chance, within it, or is unknown', () => {
  const standing = (isAboveFloor: boolean | null) => gapStanding(madeEvaluation({ isAboveFloor }), 'eodd');
  expect([true, false, null].map(standing)).toEqual(['beyond-chance', 'within-chance', 'unknown']);
});
