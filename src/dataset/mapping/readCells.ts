import { LabError } from '../../foundation/labError';
import { canonicalValue } from '../../tables/canonicalValue';
import { missingIn } from '../../tables/isMissing';
import { uniformValues } from '../../tables/spellings/uniformValues';
import { type ImageRecords, rowsDiffer } from '../tables/imageRecords';

/** A cell of the records: its text, or why there is none that can be used. */
export type Cell = { text: string; isMissing: boolean } | 'rows-differ';

/**
 * Reads one column, texts in their canonical form.
 * @param isAsked the column's spellings were asked about: those that the user keeps apart stay so
 * @throws LabError `column-missing`
 */
export function readCells(records: ImageRecords, column: string, isAsked = false): (image: number) => Cell {
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
  const texts = isAsked ? uniformValues(found.values) : found.values.map(canonicalValue);
  const isMissing = missingIn(texts);
  const cells = texts.map((text): Cell => ({ text, isMissing: isMissing(text) }));
  return (image) => {
    const code = found.codes[image]!;
    return code === rowsDiffer ? 'rows-differ' : cells[code]!;
  };
}
