import { LabError } from '../../foundation/labError';
import { isMissing } from '../import/isMissing';
import { canonicalValue } from './canonicalValue';
import { type ImageRecords, rowsDiffer } from './imageRecords';

/** A cell of the records: its text, or why there is none that can be used. */
export type Cell = { text: string; isMissing: boolean } | 'rows-differ';

/**
 * Reads one column, texts in their canonical form.
 * @throws LabError `column-missing`
 */
export function readCells(records: ImageRecords, column: string): (image: number) => Cell {
  const found = records.columns.find(({ name }) => name === column);
  if (!found) {
    const names = records.columns.map(({ name }) => name).join(', ');
    throw new LabError({
      code: 'column-missing',
      message: `There is no column "${column}". There is: ${names}.`,
      hint: 'Pick another column in the mapping, or another table.',
      details: { column, columns: names },
    });
  }
  const cells = found.values.map((value): Cell => ({ text: canonicalValue(value), isMissing: isMissing(value) }));
  return (image) => {
    const code = found.codes[image]!;
    return code === rowsDiffer ? 'rows-differ' : cells[code]!;
  };
}
