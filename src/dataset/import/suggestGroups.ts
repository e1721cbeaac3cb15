import type { ImportMapping } from '../importMapping';

type GroupMapping = Pick<ImportMapping, 'group0Values' | 'group1Values' | 'group0Name' | 'group1Name'>;

const darkFrom = 4;
const romanTypes = ['i', 'ii', 'iii', 'iv', 'v', 'vi'];
const maxNameLength = 40;

/**
 * A first guess of which values make group 0 (unprivileged) and group 1, for the user to correct: skin types 4 to 6
 * against 1 to 3; female against male; numbers from the median upwards against those below; else everything against the
 * most frequent value.
 *
 * @param values each value and how often it occurs, without missing ones
 */
export function suggestGroups(columnName: string, values: ReadonlyMap<string, number>): GroupMapping {
  const all = [...values.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const types = all.map(skinTypeOf);
  if (/fit[sz]patrick|skin|fst/i.test(columnName) && types.every((type) => type !== null)) {
    return divide(all, (value) => (skinTypeOf(value) ?? 0) >= darkFrom);
  }
  if (all.length === 2 && all.some(isFemale)) return divide(all, isFemale);
  if (all.length > 2 && all.every((value) => Number.isFinite(Number(value)))) {
    const median = medianOf(values);
    return divide(all, (value) => Number(value) >= median);
  }
  const largest = Math.max(...values.values());
  const mostFrequent = all.find((value) => values.get(value) === largest);
  return divide(all, (value) => value !== mostFrequent);
}

function divide(values: readonly string[], isGroup0: (value: string) => boolean): GroupMapping {
  const group0Values = values.filter(isGroup0);
  const group1Values = values.filter((value) => !isGroup0(value));
  return { group0Values, group1Values, group0Name: nameOf(group0Values), group1Name: nameOf(group1Values) };
}

function nameOf(values: readonly string[]): string {
  const name = values.join(', ');
  return name.length <= maxNameLength ? name : `${values[0]} and ${values.length - 1} others`;
}

/** `4`, `4.0`, `FST4`, `type IV` and `IV` are 4. */
function skinTypeOf(value: string): number | null {
  const bare = value.toLowerCase().replace(/^(fst|type)\s*/, '');
  const type = romanTypes.includes(bare) ? romanTypes.indexOf(bare) + 1 : Number(bare);
  return Number.isInteger(type) && type >= 1 && type <= romanTypes.length ? type : null;
}

function isFemale(value: string): boolean {
  return /^(f|female|woman|w)$/i.test(value);
}

/** Middle of the values as often as they occur; where that is the least value, the next one, so that both sides have some. */
function medianOf(values: ReadonlyMap<string, number>): number {
  const sorted = [...values]
    .map(([value, count]) => ({ value: Number(value), count }))
    .sort((a, b) => a.value - b.value);
  const half = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
  let passed = sorted[0]!.count;
  for (const { value, count } of sorted.slice(1)) {
    passed += count;
    if (passed > half) return value;
  }
  return sorted.at(-1)!.value;
}
