import { onGpuAlone } from '../onGpuAlone';
import type { SelfTestCheck, SelfTestFailure, SelfTestReport } from './selfTestCheck';

/** float32 in another order, and the least exact exp and division that WebGPU allows, on values near 1. */
const tolerance = 1e-4;

/**
 * Computes every check on the backend in use and compares it with what must come out.
 * @returns how many checks there were, and every part that is off by more than 1e-4 of its largest value. A check that
 *   breaks off with an error is a failure too.
 */
export async function runSelfTest(checks: readonly SelfTestCheck[]): Promise<SelfTestReport> {
  const start = performance.now();
  const failures = await onGpuAlone(async () => {
    const found: SelfTestFailure[] = [];
    for (const check of checks) found.push(...(await failuresOf(check)));
    return found;
  });
  return { checks: checks.length, failures, elapsedMs: Math.round(performance.now() - start) };
}

async function failuresOf({ name, compute, expected }: SelfTestCheck): Promise<SelfTestFailure[]> {
  try {
    const actual = await compute();
    return Object.entries(expected).flatMap(([part, values]) => compare(name, part, actual[part] ?? [], values));
  } catch (error) {
    const message = `${name} broke off: ${error instanceof Error ? error.message : String(error)}`;
    return [{ check: name, part: null, relativeError: null, message }];
  }
}

function compare(
  check: string,
  part: string,
  actual: ArrayLike<number>,
  expected: readonly number[],
): SelfTestFailure[] {
  const failure = (relativeError: number | null, words: string) => [
    { check, part, relativeError, message: `${check}, ${part}: ${words}` },
  ];
  if (actual.length !== expected.length) {
    return failure(null, `${actual.length} values instead of ${expected.length}`);
  }
  const scale = Math.max(...expected.map(Math.abs));
  const error = Math.max(...expected.map((value, index) => Math.abs(actual[index]! - value))) / scale;
  if (error <= tolerance) return [];
  if (!Number.isFinite(error)) return failure(null, 'not a number');
  return failure(error, `off by ${(error * 100).toPrecision(2)} % of its largest value`);
}
