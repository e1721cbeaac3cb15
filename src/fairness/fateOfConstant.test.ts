import { expect, it } from 'vitest';
import { reportOf } from '../testing/reportOf';
import { fateByCriterion } from './computeFate';
import { fateOfConstant } from './fateOfConstant';

// Group 0: four of class 0, two of class 1. Group 1: two of class 0, one each of 1 and 2.
const labels = [0, 0, 0, 0, 1, 1, 0, 0, 1, 2];
const groups = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1];
const predicted = [0, 0, 1, 1, 1, 1, 0, 0, 1, 2];
const samples = { labels, groups, classCount: 3 };
const baseline = reportOf({ ...samples, predicted });

it('is ACC of the best constant class over that of the baseline', () => {
  // Class 0 for all: F1 8/10 over two classes, and 4/6 over three: 0.4 and 2/9, mean 14/45.
  // Baseline: F1 2/3 and 2/3 in group 0, all right in group 1: mean 5/6.
  expect(fateOfConstant(baseline, 'eopp1')).toBeCloseTo(14 / 45 / (5 / 6), 12);
});

it('is what the table itself says of such predictions', () => {
  const constant = reportOf({ ...samples, predicted: labels.map(() => 0) });
  expect(fateOfConstant(baseline, 'eodd')).toBeCloseTo(fateByCriterion(constant, baseline).eodd!, 12);
});

it('is undefined against a baseline without a gap', () => {
  const right = [0, 1, 0, 1];
  const perfect = { labels: right, predicted: right, groups: [0, 0, 1, 1], classCount: 2 };
  expect(fateOfConstant(reportOf(perfect), 'eodd')).toBeNull();
});
