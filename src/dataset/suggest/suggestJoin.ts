import { isMissing } from '../../tables/isMissing';
import { cellText, findColumn, type Table, type TableColumn } from '../../tables/table';
import type { DatasetFormat } from '../formats/datasetFormat';
import type { JoinPlan, TableJoin } from '../tables/joinPlan';

/** Column names that usually name the image, most telling first. */
const imageNames = [/^image(_?id)?$/, /^img(_?id)?$/, /^(file|file_?name)$/, /image|img|file|path|isic|hash/];
/** Column names of what tells rows apart: a class or a sex that two tables have is no key. */
const keyNames = /id$|hash|case|patient|lesion|subject/i;
const rowsLookedAt = 500;
/** Below this share of rows in common two columns are not about the same things. */
const leastShare = 0.5;

/** Stands for a column that the user is still to choose. */
export const notChosen = '';

/**
 * Guesses which table names the images, and how the others hang on it: by the image, or by a column of the same name and
 * content. A table that fits nowhere is left out. Null when there is no table.
 *
 * @param isImage whether a text names one of the images
 */
export function suggestJoin(
  tables: readonly Table[],
  isImage: (text: string) => boolean,
  format: DatasetFormat | null,
): JoinPlan | null {
  const candidates = tables.map((table) => ({ table, ...findImageColumns(table, isImage, format) }));
  // A table that the lab made of names and folders fits every image, and still says less than one that was given.
  const rank = ({ table, share }: (typeof candidates)[number]) => (share > 0 && !isMade(table) ? 1 + share : share / 2);
  const [first] = [...candidates].sort((a, b) => rank(b) - rank(a));
  if (!first) return null;
  return {
    table: first.table.file,
    imageColumns: first.columns,
    joins: chainJoins(first.table, tables, isImage, format),
  };
}

function isMade({ file }: Table): boolean {
  return file.startsWith('(');
}

/** Columns that name images, and the share of rows that do. */
function findImageColumns(table: Table, isImage: (text: string) => boolean, format: DatasetFormat | null) {
  const known = (format?.imageColumns ?? []).flatMap((name) => findColumn(table, name) ?? []);
  const shareOfKnown = Math.max(0, ...known.map((column) => shareOfRows(table, column, isImage)));
  if (shareOfKnown > 0) return { columns: known.map(({ name }) => name), share: shareOfKnown };
  const shares = table.columns.map((column) => ({ column, share: shareOfRows(table, column, isImage) }));
  const share = Math.max(0, ...shares.map((each) => each.share));
  if (share === 0) return { columns: [notChosen], share };
  const best = shares.filter((each) => each.share === share).map(({ column }) => column.name);
  const [name] = imageNames.flatMap((pattern) => best.find((each) => pattern.test(each.toLowerCase())) ?? []);
  return { columns: [name ?? best[0]!], share };
}

function shareOfRows(table: Table, column: TableColumn, fits: (text: string) => boolean): number {
  const count = Math.min(table.rowCount, rowsLookedAt);
  let fitting = 0;
  for (let row = 0; row < count; row++) if (fits(cellText(column, row))) fitting++;
  return fitting / count;
}

function chainJoins(
  first: Table,
  tables: readonly Table[],
  isImage: (text: string) => boolean,
  format: DatasetFormat | null,
): TableJoin[] {
  const joins: TableJoin[] = [];
  const joined = [first];
  const open = tables.filter((table) => table !== first);
  for (let found = true; found; ) {
    found = false;
    for (const table of open.filter((each) => !joined.includes(each))) {
      const join = joinTo(table, joined, isImage, format);
      if (!join) continue;
      joins.push(join);
      joined.push(table);
      found = true;
    }
  }
  return joins;
}

function joinTo(
  table: Table,
  joined: readonly Table[],
  isImage: (text: string) => boolean,
  format: DatasetFormat | null,
): TableJoin | null {
  const images = findImageColumns(table, isImage, format);
  if (images.share >= leastShare) return { table: table.file, column: images.columns[0]!, to: null };
  for (const column of table.columns) {
    for (const other of joined) {
      const same = findColumn(other, column.name);
      if (!same || !keyNames.test(column.name)) continue;
      const known = new Set(same.values.filter((value) => !isMissing(value)));
      if (shareOfRows(table, column, (text) => known.has(text)) >= leastShare) {
        return { table: table.file, column: column.name, to: same.name };
      }
    }
  }
  return null;
}
