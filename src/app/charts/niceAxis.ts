/** An axis that covers values with round ticks. */
export interface Axis {
  domain: [number, number];
  ticks: number[];
}

/** Steps of 1, 2 or 5 × 10ⁿ, at most `maxTicks` of them, covering all finite values. */
export function niceAxis(values: readonly number[], maxTicks = 6): Axis {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  if (low > high) return { domain: [0, 1], ticks: [0, 1] };
  const span = high > low ? high - low : Math.abs(high) || 1;
  const step = roundStep(span / (maxTicks - 1));
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => cleanMultiple(first + index, step));
  return { domain: [ticks[0]!, ticks[ticks.length - 1]!], ticks };
}

/** Ticks for whole numbers from `low` to `high`: `low` itself and every multiple of a round step. */
export function wholeAxis(low: number, high: number, maxTicks = 8): Axis {
  const step = Math.max(1, roundStep((high - low) / (maxTicks - 1)));
  const ticks = [low];
  for (let tick = step * (Math.floor(low / step) + 1); tick <= high; tick += step) ticks.push(tick);
  return { domain: [low, Math.max(high, low + 1)], ticks };
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = rough / power;
  return power * (factor <= 1 + 1e-9 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
}

/** The multiple without the trailing digits of binary rounding. */
function cleanMultiple(count: number, step: number): number {
  return Number((count * step).toPrecision(12));
}
