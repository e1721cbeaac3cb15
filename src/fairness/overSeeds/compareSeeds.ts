import { LabError } from '../../foundation/labError';
import { studentCdf } from '../distributions';
import { type SignedRankTest, testSignedRanks } from './testSignedRanks';

/** One statistic over runs that differ in their seed alone. */
export interface SeedSummary {
  n: number;
  mean: number;
  /** Sample standard deviation; null for a single seed. */
  sd: number | null;
}

/** A model against another over the same seeds. */
export interface SeedComparison {
  /** Of the differences, model minus other. */
  difference: SeedSummary;
  /** Student's t of the differences; null for one seed, or when all differences are equal. */
  tTest: { t: number; degreesOfFreedom: number; pValue: number } | null;
  /** Null when all differences are 0. */
  signedRank: SignedRankTest | null;
}

/** @throws LabError `config-invalid` for no values, or values that are no finite numbers */
export function summariseSeeds(values: readonly number[]): SeedSummary {
  if (values.length === 0 || !values.every(Number.isFinite)) {
    throw invalid(`The values over seeds are [${values.join(', ')}].`);
  }
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, sd: n === 1 ? null : Math.sqrt(squares / (n - 1)) };
}

/**
 * Two-sided paired tests of a model against another, from one value per seed. They say how far training noise alone could
 * explain the difference on *these* samples; how far other samples could, the bootstrap says. With n seeds the signed-rank
 * test cannot fall below p = 2 / 2ⁿ: 0.0625 for five.
 *
 * @param model and `other`: one value per seed, in the same order; at most 200
 * @throws LabError `config-invalid` for different lengths, no values or values that are no finite numbers
 */
export function compareSeeds(model: readonly number[], other: readonly number[]): SeedComparison {
  if (model.length !== other.length) {
    throw invalid(`There are ${model.length} values of one model and ${other.length} of the other.`);
  }
  const differences = model.map((value, i) => value - other[i]!);
  const difference = summariseSeeds(differences);
  return { difference, tTest: testMean(difference), signedRank: testSignedRanks(differences) };
}

function testMean({ n, mean, sd }: SeedSummary): SeedComparison['tTest'] {
  if (sd === null || sd === 0) return null;
  const t = mean / (sd / Math.sqrt(n));
  return { t, degreesOfFreedom: n - 1, pValue: 2 * studentCdf(-Math.abs(t), n - 1) };
}

function invalid(message: string): LabError {
  return new LabError({
    code: 'config-invalid',
    message,
    hint: 'Give one finite value per seed, for both models in the same order.',
  });
}
