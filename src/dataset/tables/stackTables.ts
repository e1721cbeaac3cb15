import { createFindingLog } from '../../foundation/findingLog';
import { createTableBuilder } from '../../tables/createTableBuilder';
import { cellText, type Table } from '../../tables/table';
import { tableFindingSentences } from '../../tables/tableFinding';
import { parseSplitName } from '../splitName';

/**
 * Puts tables together that have the same columns and are named after a split (`labels_train.csv`, `labels_val.csv`), with
 * the split as a further column. Others stay as they are.
 */
export function stackTables(tables: readonly Table[]): Table[] {
  const stacked: Table[] = [];
  const done = new Set<Table>();
  const headers = tables.map(headerOf);
  const alike = new Map<string, Table[]>(headers.map((header) => [header, []]));
  for (const [index, table] of tables.entries()) alike.get(headers[index]!)!.push(table);
  for (const [index, table] of tables.entries()) {
    if (done.has(table)) continue;
    const same = alike.get(headers[index]!)!;
    const splits = same.map(({ file }) => splitOfName(file));
    const isSet = same.length > 1 && splits.every((split) => split !== null) && new Set(splits).size === same.length;
    for (const member of isSet ? same : [table]) done.add(member);
    stacked.push(isSet ? stack(same, splits.map(String)) : table);
  }
  return stacked;
}

function headerOf({ columns }: Table): string {
  return JSON.stringify(columns.map(({ name }) => name));
}

/** The split that is a word of a file's name. */
function splitOfName(file: string): string | null {
  const words = file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.\w+$/, '')
    .split(/[^a-zA-Z]+/);
  const splits = words.flatMap((word) => parseSplitName(word) ?? []);
  return splits.length === 1 ? splits[0]! : null;
}

function stack(tables: readonly Table[], splits: readonly string[]): Table {
  const names = tables[0]!.columns.map(({ name }) => name);
  const builder = createTableBuilder(tables.map(({ file }) => file).join(' + '), [...names, 'split']);
  const findings = createFindingLog(tableFindingSentences);
  for (const [index, table] of tables.entries()) {
    for (let row = 0; row < table.rowCount; row++) {
      builder.add([...table.columns.map((column) => cellText(column, row)), splits[index]!], table.rowNumbers[row]!);
    }
    findings.copy(
      table.findings.map((finding) => ({
        ...finding,
        examples: finding.examples.map((text) => `${table.file}, ${text}`),
      })),
    );
  }
  return { ...builder.finish(), findings: findings.list() };
}
