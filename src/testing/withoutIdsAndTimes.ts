/** Keys that are drawn or measured anew each time, and notes of checkpoints that could not be stored. */
const drawnAnew = new Set(['id', 'modelId', 'createdAt', 'updatedAt', 'at', 'elapsedMs', 'notes']);

/** A value without ids and times and with its keys in order, so that two of them can be compared to the bit. */
export function withoutIdsAndTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutIdsAndTimes);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, part]) => part !== undefined && !drawnAnew.has(key));
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, withoutIdsAndTimes(part)]));
}
