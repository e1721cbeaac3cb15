import { LabError } from '../../foundation/labError';
import type { SplitName } from '../dataset';
import type { ImportMapping } from '../importMapping';
import { createImageFinder } from './findImage';
import type { FindingLog } from './findingLog';
import { imageStem } from './imageStem';
import { isMissing } from './isMissing';
import { parseSplitName } from './parseSplitName';
import type { Table, TableRow } from './readTable';
import type { SourceFile } from './sourceFile';

/** An image with what its row says. */
export interface LabelledImage {
  image: SourceFile;
  /** The image's stem, as the row writes it. */
  name: string;
  label: string;
  /** 0 unprivileged, 1 privileged. */
  group: 0 | 1;
  /** Patient or lesion; null without such a column. */
  cluster: string | null;
  /** Null without a split column. */
  split: SplitName | null;
}

/**
 * Joins rows and images by the mapping. What is uneven, missing, unmapped, doubled or without its other half is left out and
 * noted. A row without a cluster is a cluster of its own.
 *
 * @returns in the order of the rows
 * @throws LabError `column-missing`; `value-not-mapped` when the mapping's values name no row for one of the groups, or a
 * value stands for both
 */
export function labelImages(
  table: Table,
  mapping: ImportMapping,
  images: readonly SourceFile[],
  findings: FindingLog,
): LabelledImage[] {
  const cellOf = columnReader(table, mapping);
  const groupOf = groupReader(table, mapping, cellOf);
  const finder = createImageFinder(images);
  const byImage = new Map<SourceFile, LabelledImage[]>();
  for (const { number, cellCount, expectedCount } of table.unevenRows) {
    findings.note('uneven-row', `row ${number}: ${cellCount} cells, the header has ${expectedCount}`);
  }
  for (const row of table.rows) {
    const where = `row ${row.number}: ${cellOf.image(row)}`;
    const image = finder.find(cellOf.image(row));
    const group = groupOf(row);
    const splitCell = cellOf.split?.(row);
    const split = splitCell === undefined ? null : parseSplitName(splitCell);
    if (!image) findings.note('row-without-image', where);
    else if (isMissing(cellOf.label(row))) findings.note('label-missing', where);
    else if (group === 'missing') findings.note('group-missing', where);
    else if (group === 'other') findings.note('value-not-mapped', `${where}: ${cellOf.group(row)}`);
    else if (splitCell !== undefined && split === null) findings.note('value-not-mapped', `${where}: ${splitCell}`);
    else {
      const name = imageStem(image.path);
      const clusterCell = cellOf.cluster?.(row);
      const cluster =
        clusterCell !== undefined && isMissing(clusterCell) ? `image ${image.path}` : (clusterCell ?? null);
      const same = byImage.get(image);
      const labelled = { image, name, label: cellOf.label(row), group, cluster, split };
      if (same) same.push(labelled);
      else byImage.set(image, [labelled]);
    }
  }
  finder.noteRest(findings);
  return [...byImage.values()].flatMap((rows) => oneRow(rows, findings));
}

/** The row of an image that has one, or whose rows agree; none where they do not. */
function oneRow(rows: LabelledImage[], findings: FindingLog): LabelledImage[] {
  const first = rows[0]!;
  if (rows.length === 1) return rows;
  const agree = rows.every(
    ({ label, group, cluster, split }) =>
      label === first.label && group === first.group && cluster === first.cluster && split === first.split,
  );
  findings.note('duplicate-row', `${first.image.path}: ${rows.length} rows ${agree ? 'that agree' : 'that differ'}`);
  return agree ? [first] : [];
}

type ReadCell = (row: TableRow) => string;

function columnReader(table: Table, mapping: ImportMapping) {
  const reader = (column: string): ReadCell => {
    const index = table.columns.indexOf(column);
    if (index < 0) {
      throw new LabError({
        code: 'column-missing',
        message: `${table.file} has no column "${column}". Its columns are: ${table.columns.join(', ')}.`,
        hint: 'Pick another column in the mapping, or another table.',
        details: { file: table.file, column, columns: table.columns.join(', ') },
      });
    }
    return (row) => row.cells[index]!;
  };
  return {
    image: reader(mapping.imageColumn),
    label: reader(mapping.labelColumn),
    group: reader(mapping.groupColumn),
    cluster: mapping.clusterColumn === null ? null : reader(mapping.clusterColumn),
    split: mapping.splitColumn === null ? null : reader(mapping.splitColumn),
  };
}

/** A value that the mapping names counts even where it is usually a sign for missing (CelebA writes -1 for no). */
function groupReader(table: Table, mapping: ImportMapping, cellOf: { group: ReadCell }) {
  const sides = [new Set(mapping.group0Values), new Set(mapping.group1Values)] as const;
  const both = mapping.group0Values.find((value) => sides[1].has(value));
  if (both !== undefined) throw notMapped(table, mapping, `"${both}" stands for both groups`);
  for (const [side, name] of [mapping.group0Name, mapping.group1Name].entries()) {
    if (!table.rows.some((row) => sides[side]!.has(cellOf.group(row)))) {
      const values = [...new Set(table.rows.map(cellOf.group))].slice(0, 12).join(', ');
      throw notMapped(table, mapping, `no row has a value of group ${side} (${name}). The column holds: ${values}`);
    }
  }
  return (row: TableRow): 0 | 1 | 'missing' | 'other' => {
    const cell = cellOf.group(row);
    if (sides[0].has(cell)) return 0;
    if (sides[1].has(cell)) return 1;
    return isMissing(cell) ? 'missing' : 'other';
  };
}

function notMapped(table: Table, mapping: ImportMapping, what: string): LabError {
  return new LabError({
    code: 'value-not-mapped',
    message: `Column "${mapping.groupColumn}" of ${table.file}: ${what}.`,
    hint: 'Tick for each group the values that make it, each value once.',
    details: { file: table.file, column: mapping.groupColumn },
  });
}
