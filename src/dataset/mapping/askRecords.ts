import type { Asker } from '../../foundation/openQuestion';
import { countTexts } from '../../tables/countTexts';
import { missingIn } from '../../tables/isMissing';
import { askSpellings } from '../../tables/spellings/askSpellings';
import { respell } from '../../tables/spellings/spellings';
import { uniformValues } from '../../tables/spellings/uniformValues';
import type { ImageRecords, RecordColumn } from '../tables/imageRecords';
import type { DatasetMapping } from './datasetMapping';

/**
 * Records whose label and group columns have one spelling for each value, asked about where several most likely mean the
 * same. Spellings that the mapping names, in its class map or its groups, need no question.
 */
export function askRecords(records: ImageRecords, { label, group }: DatasetMapping, asker: Asker): ImageRecords {
  const named = new Map<string, Set<string>>();
  // Of several columns, each is a class, and its cells say yes or no; a cut takes numbers however they are written.
  if (label.columns.length === 1) named.set(label.columns[0]!, new Set(Object.keys(label.merge)));
  if (group.rule.kind === 'values') {
    const values = [...group.rule.group0, ...group.rule.group1];
    named.set(group.column, new Set([...(named.get(group.column) ?? []), ...values]));
  }
  return {
    ...records,
    columns: records.columns.map((column) => {
      const settled = named.get(column.name);
      return settled ? askColumn(column, settled, asker) : column;
    }),
  };
}

function askColumn(column: RecordColumn, settled: ReadonlySet<string>, asker: Asker): RecordColumn {
  const uniform = { ...column, values: uniformValues(column.values) };
  const values = countTexts(uniform, missingIn(uniform.values));
  return respell(uniform, askSpellings({ about: column.name, values, settled }, asker));
}
