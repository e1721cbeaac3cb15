import Papa from 'papaparse';
import { LabError } from '../../foundation/labError';

/**
 * The names of a table's columns, from the beginning of its text.
 * @throws LabError `table-unreadable` when there are fewer than two
 */
export function readColumnNames(head: string): string[] {
  const { data } = Papa.parse<string[]>(head, { preview: 1 });
  const names = (data[0] ?? []).map((name) => name.trim());
  if (names.length > 1) return names;
  throw new LabError({
    code: 'table-unreadable',
    stage: 'reading the predictions',
    message: 'The file has no row of column names.',
    hint: 'Give a CSV whose first row names its columns, such as label, prediction and sex.',
  });
}
