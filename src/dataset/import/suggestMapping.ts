import type { ImportMapping } from '../importMapping';
import { imageStem } from './imageStem';
import { isMissing } from './isMissing';
import { parseSplitName } from './parseSplitName';
import type { Table } from './readTable';
import { suggestGroups } from './suggestGroups';
import { countValues } from './summariseTable';

/** Column names by what they usually hold, most telling first. */
const imageNames = [/^image(_?id)?$/, /^img(_?id)?$/, /^(file|file_?name)$/, /image|img|file|path|isic|hash/];
const labelNames = [/^(dx|diagnosis|diagnostic|label|class)$/, /diagn|label|class|disease|target|category|^low$/];
const groupNames = [/^(sex|gender)$/, /fit[sz]patrick|skin/, /sex|gender|race|ethnic|group|sensitive/, /^age/];
const clusterNames = [/patient/, /lesion/, /^(case|subject)/];
const splitColumnNames = [/split|subset|partition|^set$/];

/** Stands for a column that the user is still to choose. */
const notChosen = '';
const rowsLookedAt = 500;
/** More classes than this are rather names or measurements. */
const maxClasses = 200;

/**
 * Guesses which columns hold what, by their names and, for images and splits, by their content.
 * @param stems stems of all images
 * @returns the best guess over all tables, with an empty name for a column that nothing speaks for: the user chooses it.
 * Null when there is no table.
 */
export function suggestMapping(tables: readonly Table[], stems: ReadonlySet<string>): ImportMapping | null {
  const guesses = tables.map((table) => suggestForTable(table, stems));
  return guesses.sort((a, b) => b.matched - a.matched)[0]?.mapping ?? null;
}

function suggestForTable(table: Table, stems: ReadonlySet<string>): { mapping: ImportMapping; matched: number } {
  const taken = new Set<string>();
  const take = (patterns: readonly RegExp[], accept: (index: number) => boolean): string | null => {
    for (const pattern of patterns) {
      const index = table.columns.findIndex(
        (name, at) => !taken.has(name) && pattern.test(name.toLowerCase()) && accept(at),
      );
      if (index >= 0) {
        taken.add(table.columns[index]!);
        return table.columns[index]!;
      }
    }
    return null;
  };
  const shares = table.columns.map((_, index) => shareOfImages(table, index, stems));
  const matched = Math.max(0, ...shares);
  const best = (index: number) => shares[index] === matched;
  const imageColumn = take([...imageNames, /./], best) ?? notChosen;
  const clusterColumn = take(clusterNames, (index) => distinct(table, index) >= 2);
  const splitColumn = take(splitColumnNames, (index) => holdsSplits(table, index));
  const isCategory = (index: number) => distinct(table, index) >= 2 && distinct(table, index) <= maxClasses;
  const groupColumn = take(groupNames, isCategory) ?? notChosen;
  const labelColumn = take([...labelNames, /./], isCategory) ?? notChosen;
  return {
    mapping: {
      table: table.file,
      imageColumn,
      labelColumn,
      groupColumn,
      ...suggestValues(table, groupColumn),
      clusterColumn,
      splitColumn,
    },
    matched,
  };
}

function suggestValues(table: Table, groupColumn: string) {
  if (groupColumn === notChosen) return { group0Values: [], group1Values: [], group0Name: '', group1Name: '' };
  return suggestGroups(groupColumn, countValues(table.rows, table.columns.indexOf(groupColumn)));
}

function shareOfImages(table: Table, index: number, stems: ReadonlySet<string>): number {
  const rows = table.rows.slice(0, rowsLookedAt);
  return rows.filter((row) => stems.has(imageStem(row.cells[index]!))).length / rows.length;
}

function distinct(table: Table, index: number): number {
  return countValues(table.rows, index).size;
}

function holdsSplits(table: Table, index: number): boolean {
  return table.rows.every((row) => isMissing(row.cells[index]!) || parseSplitName(row.cells[index]!) !== null);
}
