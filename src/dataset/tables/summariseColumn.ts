import { countTexts } from '../../tables/countTexts';
import { missingIn } from '../../tables/isMissing';
import { uniformValues } from '../../tables/spellings/uniformValues';
import type { ColumnSummary } from './tableSummary';

/** More values than any label column of a known set has. */
const maxValues = 200;

/** Counts what a column holds, of a table or of records. Missing cells are counted apart and are no value. */
export function summariseColumn(column: { name: string; values: string[]; codes: ArrayLike<number> }): ColumnSummary {
  const values = countValues(column);
  const present = [...values.values()].reduce((sum, count) => sum + count, 0);
  const numbers = [...values.keys()].map(Number);
  return {
    name: column.name,
    distinctCount: values.size,
    missingCount: column.codes.length - present,
    values: mostFrequent(values),
    range: numbers.length > 0 && numbers.every(Number.isFinite) ? rangeOf(numbers) : null,
  };
}

/** Sorted by name only when the few are chosen: a column of ids has as many values as rows. */
function mostFrequent(values: ReadonlyMap<string, number>): ColumnSummary['values'] {
  return [...values]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, maxValues)
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value, 'en', { numeric: true }));
}

function rangeOf(numbers: readonly number[]): { least: number; most: number } {
  return numbers.reduce(
    ({ least, most }, number) => ({ least: Math.min(least, number), most: Math.max(most, number) }),
    { least: Infinity, most: -Infinity },
  );
}

/** How often each value of a column occurs, in its canonical form, missing cells left out. */
export function countValues(column: { values: string[]; codes: ArrayLike<number> }): Map<string, number> {
  const values = uniformValues(column.values);
  return countTexts({ values, codes: column.codes }, missingIn(values));
}
