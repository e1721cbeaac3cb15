/** How one implementation did on one vector file. */
export interface ErrorSummary {
  cases: number;
  /** Largest |found - expected| / max(1, |expected|); infinite when a value is missing or wrong in kind. */
  largestError: number;
  tolerance: number;
  /** Which case and field the largest error is in; empty when every value is exact. */
  worst: string;
  passed: boolean;
}

/** Collects comparisons of found with expected numbers. */
export interface ErrorTally {
  /** Starts a case; later comparisons belong to it. */
  begin(name: string): void;
  /**
   * Compares lists of numbers. What is not finite must be the same.
   * @param ownTolerance for a field with another tolerance than the file's; its errors are scaled to the file's
   */
  compare(field: string, found: ArrayLike<number>, expected: ArrayLike<number>, ownTolerance?: number): void;
  summary(): ErrorSummary;
}

export function createErrorTally(tolerance: number): ErrorTally {
  let cases = 0;
  let current = '';
  let largestError = 0;
  let worst = '';
  const note = (error: number, field: string) => {
    if (error <= largestError) return;
    largestError = error;
    worst = `${current}, ${field}`;
  };
  return {
    begin(name) {
      cases++;
      current = name;
    },
    compare(field, found, expected, ownTolerance = tolerance) {
      if (found.length !== expected.length) note(Number.POSITIVE_INFINITY, `${field}: ${found.length} values`);
      const scale = ownTolerance === tolerance ? 1 : tolerance / ownTolerance;
      for (let i = 0; i < expected.length; i++) {
        const error = relativeError(found[i] ?? Number.NaN, expected[i]!) * scale;
        note(error, expected.length > 1 ? `${field}[${i}]` : field);
      }
    },
    summary: () => ({ cases, largestError, tolerance, worst, passed: cases > 0 && largestError <= tolerance }),
  };
}

function relativeError(found: number, expected: number): number {
  if (Object.is(found, expected)) return 0;
  const error = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
  return Number.isFinite(error) ? error : Number.POSITIVE_INFINITY;
}
