import type { BenchCase, RowPlan, Runner, Work } from './benchCase';
import { interleave } from './interleave';
import { type BenchRow, median, readRow } from './readRow';

/** Something that times work. */
export interface BenchRunners {
  /** Mean time of one run in ms, over as many runs as fit into `leastMs`. */
  measure(runner: Runner, work: Work, leastMs: number): Promise<number>;
  /** Why a runner cannot be had here; null when it can. */
  obstacle(runner: Runner): Promise<string | null>;
}

export interface CaseResult {
  name: string;
  /** Times in ms per variant, one per round. */
  timesMs: Record<string, number[]>;
  rows: BenchRow[];
}

/** One turn of a fast variant repeats it until so much time has passed. */
const leastTurnMs = 300;

/**
 * Times one case. Rows that need a runner which is not here have no ratio and say why; when a variant fails, no row of
 * the case has one, and those with a bar have missed it.
 */
export async function runCase(plan: BenchCase, runners: BenchRunners, reps: number): Promise<CaseResult> {
  const { name, variants, rows } = plan;
  const obstacles: Record<string, string> = {};
  for (const [variant, { runner }] of Object.entries(variants)) {
    const obstacle = await runners.obstacle(runner);
    if (obstacle) obstacles[variant] = obstacle;
  }
  const possible = Object.entries(variants).filter(([variant]) => !(variant in obstacles));
  const turns = possible.map(
    ([variant, { runner, work }]) => [variant, () => runners.measure(runner, work, leastTurnMs)] as const,
  );
  try {
    const timesMs = await interleave(Object.fromEntries(turns), reps);
    return { name, timesMs, rows: rows.map((row) => readOrExplain(row, timesMs, obstacles)) };
  } catch (error) {
    const note = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    const failed = rows.map((row) => ({ ...withoutRatio(row, note), ok: row.bar && false }));
    return { name, timesMs: {}, rows: failed };
  }
}

function readOrExplain(row: RowPlan, timesMs: CaseResult['timesMs'], obstacles: Record<string, string>): BenchRow {
  const note = obstacles[row.over] ?? obstacles[row.under];
  return note ? withoutRatio(row, note) : readRow(row, timesMs);
}

function withoutRatio({ name, bar }: RowPlan, note: string): BenchRow {
  return { name, ratio: null, bar, ok: null, note };
}

/** The middle time of each variant, for people. */
export function describeTimes({ timesMs }: CaseResult): string {
  return Object.entries(timesMs)
    .map(([variant, times]) => `${variant} ${median(times).toPrecision(3)} ms`)
    .join(' · ');
}
