import { countFolded } from '../../tables/spellings/proposeFolds';
import { meansFemale, skinTypeOf } from '../../tables/spellings/synonyms';
import type { GroupRule } from '../mapping/datasetMapping';

const darkFrom = 4;
const maxNameLength = 40;
const oldFrom = 60;

/** A rule and names for its two groups. */
export interface SuggestedGroups {
  rule: GroupRule;
  names: [string, string];
}

/**
 * A first guess of what makes group 0 (unprivileged) and group 1, for the user to correct: skin types 4 to 6 against 1 to
 * 3, dark against light; female against male; ages from 60, other numbers from their median upwards against those below; else everything
 * against the most frequent value.
 *
 * Spellings that most likely mean one value are taken for one; whether they are is asked when the mapping is used.
 *
 * @param values each value and how often it occurs, without missing ones
 */
export function suggestGroups(columnName: string, values: ReadonlyMap<string, number>): SuggestedGroups {
  const counts = countFolded(values);
  const all = [...counts.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const types = all.filter((value) => skinTypeOf(value) !== null);
  if (/fit[sz]patrick|skin|fst/i.test(columnName) && 2 * types.length > all.length) {
    return divide(types, (value) => skinTypeOf(value)! >= darkFrom);
  }
  if (all.length === 2 && all.some(meansFemale)) return divide(all, meansFemale);
  if (all.length === 2 && all.some(isDark)) return divide(all, isDark);
  if (all.length > 2 && all.every((value) => Number.isFinite(Number(value)))) return cut(columnName, counts);
  const largest = Math.max(...counts.values());
  const mostFrequent = all.find((value) => counts.get(value) === largest);
  return divide(all, (value) => value !== mostFrequent);
}

function divide(values: readonly string[], isGroup0: (value: string) => boolean): SuggestedGroups {
  const group0 = values.filter(isGroup0);
  const group1 = values.filter((value) => !isGroup0(value));
  return { rule: { kind: 'values', group0, group1 }, names: [nameOf(group0), nameOf(group1)] };
}

function cut(columnName: string, values: ReadonlyMap<string, number>): SuggestedGroups {
  const numbers = [...values.keys()].map(Number);
  const isAge = /age/i.test(columnName) && Math.min(...numbers) < oldFrom && Math.max(...numbers) >= oldFrom;
  const from = isAge ? oldFrom : medianOf(values);
  return { rule: { kind: 'cut', from, above: 0 }, names: cutNames(columnName, from) };
}

/** Names of the groups that a cut makes, the upper one first. */
export function cutNames(columnName: string, from: number): [string, string] {
  return [`${columnName} ≥ ${from}`, `${columnName} < ${from}`];
}

function nameOf(values: readonly string[]): string {
  const name = values.join(', ');
  return name.length <= maxNameLength ? name : `${values[0]} and ${values.length - 1} others`;
}

function isDark(value: string): boolean {
  return /^dark/i.test(value);
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
