import { expect, it } from 'vitest';
import { calculateFate } from './calculateFate';

const texts = {
  accuracyModel: '.60',
  accuracyBaseline: '.50',
  criterionModel: '.20',
  criterionBaseline: '.40',
  fate: '',
};

it('gives the value and what the rounding of four numbers allows', () => {
  // 0.1 / 0.5 + 0.2 / 0.4; ends 0.595/0.505 - 0.205/0.395 and 0.605/0.495 - 0.195/0.405.
  const { value, range, verdict } = calculateFate(texts, 1)!;
  expect(value).toBeCloseTo(0.7, 12);
  expect(range!.low).toBeCloseTo(0.595 / 0.505 - 0.205 / 0.395, 12);
  expect(range!.high).toBeCloseTo(0.605 / 0.495 - 0.195 / 0.405, 12);
  expect(verdict).toBeNull();
});

it('judges a FATE that is given, with λ', () => {
  expect(calculateFate({ ...texts, fate: '0.70' }, 1)!.verdict).toBe('exact');
  expect(calculateFate({ ...texts, fate: '0.90' }, 1)!.verdict).toBe('impossible');
  expect(calculateFate({ ...texts, fate: '1.20' }, 2)!.verdict).toBe('exact');
});

it('has nothing to say until all four are numbers, nor a range where a divisor may be 0', () => {
  expect(calculateFate({ ...texts, criterionModel: '' }, 1)).toBeNull();
  expect(calculateFate({ ...texts, criterionBaseline: '0.00' }, 1)).toEqual({
    value: null,
    range: null,
    verdict: null,
  });
});
