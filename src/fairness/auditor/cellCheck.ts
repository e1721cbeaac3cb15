/**
 * What can be said of a printed cell, given the other printed cells that it follows from:
 * - `exact`: computed from the printed values it rounds to what is printed;
 * - `possible`: some values that round to the printed ones give it;
 * - `impossible`: none do;
 * - `open`: it cannot be computed (a divisor may be 0).
 */
export type Verdict = 'exact' | 'possible' | 'impossible' | 'open';
export const verdicts: readonly Verdict[] = ['exact', 'possible', 'impossible', 'open'];

/** One printed cell, checked. */
export interface CellCheck {
  table: string;
  method: string;
  /** What was checked, as a column name: `FATE Eopp1`, `F1 Avg`, `F1 Diff`, `Eodd`. */
  column: string;
  printed: string;
  /** From the printed values as they stand; null when undefined, or where the rule only gives bounds. */
  recomputed: number | null;
  /** Least and greatest value that the printed cells allow; null when there is no bound. */
  low: number | null;
  high: number | null;
  verdict: Verdict;
  /** The rule with this row's numbers. */
  why: string;
}
