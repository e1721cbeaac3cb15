import Papa from 'papaparse';
import { LabError } from '../../foundation/labError';

/** A column of a table, as its first rows show it. */
export interface SampledColumn {
  name: string;
  /** How many different values the first rows hold. */
  distinctCount: number;
}

const sampledRows = 200;

/**
 * The columns of a table, from the beginning of its text; where that breaks off within a row, the row does not count.
 * @throws LabError `table-unreadable` when there are fewer than two
 */
export function sampleColumns(head: string): SampledColumn[] {
  const { data } = Papa.parse<string[]>(head, { preview: 1 + sampledRows });
  const [names = [], ...rows] = data.map((cells) => cells.map((cell) => cell.trim()));
  if (names.length > 1) {
    const whole = rows.filter((cells) => cells.length === names.length);
    return names.map((name, column) => ({ name, distinctCount: new Set(whole.map((cells) => cells[column])).size }));
  }
  throw new LabError({
    code: 'table-unreadable',
    stage: 'reading the predictions',
    message: 'The file has no row of column names.',
    hint: 'Give a CSV whose first row names its columns, such as label, prediction and sex.',
  });
}
