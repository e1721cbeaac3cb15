import type { Bar, RowPlan } from './benchCase';

/** One line of the bench's result. */
export interface BenchRow {
  name: string;
  /** Null when it could not be measured here; `note` says why. */
  ratio: number | null;
  bar: Bar | null;
  /** Null without a bar or without a ratio. */
  ok: boolean | null;
  note?: string;
}

/**
 * Reads one row from the times of one case: the median over the rounds of (over / under) × scale. Both times of a
 * quotient are from the same round, so that a load that lasts longer than a round cancels.
 */
export function readRow(plan: RowPlan, times: Record<string, number[]>): BenchRow {
  const { name, over, under, bar, scale = 1 } = plan;
  const below = times[under]!;
  const ratio = median(times[over]!.map((time, round) => (time / below[round]!) * scale));
  return { name, ratio, bar, ok: bar && keeps(ratio, bar) };
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

function keeps(ratio: number, bar: Bar): boolean {
  if ('equal' in bar) return ratio === bar.equal;
  return 'atMost' in bar ? ratio <= bar.atMost : ratio >= bar.atLeast;
}
