import { LabError } from '../foundation/labError';

/** How alike two rankings are. */
export interface RankAgreement {
  /** 1: the same order; 0: no relation; -1: the reverse order. Null when one of them ranks nothing. */
  tau: number | null;
  /** Items that have a value in both. */
  n: number;
}

/**
 * Kendall's τ-b of two lists of scores of the same items, which allows for ties.
 *
 *     τ-b = (C - D) / sqrt((pairs not tied in a) · (pairs not tied in b))
 *
 * C and D are the pairs that both lists order alike and in opposite ways. Items without a score (NaN) in one list are left
 * out. The time grows with the square of the number of items: made for channels, not for images.
 *
 * @throws LabError `shape-mismatch` when the lists are of different lengths
 */
export function kendallTau(a: ArrayLike<number>, b: ArrayLike<number>): RankAgreement {
  if (a.length !== b.length) {
    throw new LabError({
      code: 'shape-mismatch',
      message: `One ranking is of ${a.length} items, the other of ${b.length}.`,
      hint: 'Compare scores of the same channels.',
    });
  }
  const both = Array.from(a, (_, i) => i).filter((i) => !Number.isNaN(a[i]!) && !Number.isNaN(b[i]!));
  let difference = 0;
  let untiedA = 0;
  let untiedB = 0;
  for (const [position, i] of both.entries()) {
    for (let other = position + 1; other < both.length; other++) {
      const j = both[other]!;
      // Infinite scores are compared, not subtracted.
      const signA = compare(a[i]!, a[j]!);
      const signB = compare(b[i]!, b[j]!);
      difference += signA * signB;
      untiedA += Math.abs(signA);
      untiedB += Math.abs(signB);
    }
  }
  const tau = untiedA === 0 || untiedB === 0 ? null : difference / Math.sqrt(untiedA * untiedB);
  return { tau, n: both.length };
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
