import { LabError } from '../../foundation/labError';
import { type Steps, workAtOnce } from '../../foundation/workInSteps';
import { isMissing } from '../../tables/isMissing';
import { cellText, findColumn, type Table, type TableColumn } from '../../tables/table';
import { countSetAside, rowsSetAsideKinds } from '../../tables/tableFinding';
import { createFindingLog, type FindingKind, type FindingLog } from '../findings/datasetFinding';
import { createImageFinder, type ImageFinder } from './findImage';
import { addColumns, newColumns } from './gatherColumns';
import type { ImageRecords } from './imageRecords';
import { fullImagePath, imageStem } from './imageStem';
import type { JoinPlan, TableJoin } from './joinPlan';
import type { ReadTables } from './readTables';

/** What happens to rows that are not used, in the tally of rows. */
const rowReasons: readonly FindingKind[] = [...rowsSetAsideKinds, 'row-without-image', 'duplicate-row'];

/**
 * Joins images and the rows about them, and then further tables. Every row of the first table is used or counted under
 * a reason; every image has a row or is named. Several rows of one image are kept together: where they agree the image has
 * their value, where they differ it has none, and a mapping that needs it leaves the image out.
 *
 * @param images in any order; only their paths are looked at
 * @returns records in the order of the rows
 * @throws LabError `no-table-found`, `column-missing`
 */
export function* joinSteps(
  tables: readonly Table[],
  plan: JoinPlan,
  images: readonly { path: string }[],
): Steps<ImageRecords> {
  const findings = createFindingLog();
  const table = findTable(tables, plan.table);
  findings.copy(table.findings);
  const imageColumns = plan.imageColumns.map((name) => requireColumn(table, name));
  const { rowsOf, rowsUsed } = yield* findRows(table, imageColumns, images, findings);
  const leftOut = findings.list().flatMap(({ kind, count }) => (rowReasons.includes(kind) ? [{ kind, count }] : []));
  const found = [...rowsOf.keys()];
  const columns = newColumns(found.length);
  addColumns(columns, table, table.columns, [...rowsOf.values()]);
  for (const join of plan.joins) yield* joinTable(columns, findTable(tables, join.table), join, found, findings);
  const positions = new Map(images.map((image, index) => [image, index]));
  return {
    version: 1,
    names: distinctNames(found),
    paths: found.map(({ path }) => path),
    imageIndices: found.map((image) => positions.get(image)!),
    columns: columns.finish(),
    join: plan,
    rows: { total: table.rowCount + countSetAside(table.findings), used: rowsUsed, leftOut },
    givenCount: images.length,
    findings: findings.list(),
  };
}

/** Joins the tables and images that were read; what was noticed on reading comes first among the findings. */
export function* recordSteps({ tables, images, findings }: ReadTables, plan: JoinPlan): Steps<ImageRecords> {
  const joined = yield* joinSteps(tables, plan, images);
  return { ...joined, findings: [...findings, ...joined.findings] };
}

/** {@link joinSteps} in one go. */
export function joinTables(...given: Parameters<typeof joinSteps>): ImageRecords {
  return workAtOnce(joinSteps(...given));
}

/** Some milliseconds of work. */
const rowsPerStep = 5000;

/** Stems; of images that share one, the names with their endings. */
function distinctNames(images: readonly { path: string }[]): string[] {
  const stems = images.map(({ path }) => imageStem(path));
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return stems.map((stem, index) => {
    if (counts.get(stem) === 1) return stem;
    const full = fullImagePath(images[index]!.path);
    return full.slice(full.lastIndexOf('/') + 1);
  });
}

/** The rows of each image, images in the order of their first row. */
function* findRows<Image extends { path: string }>(
  table: Table,
  imageColumns: readonly TableColumn[],
  images: readonly Image[],
  findings: FindingLog,
): Steps<{ rowsOf: Map<Image, number[]>; rowsUsed: number }> {
  const finder = createImageFinder(images);
  const rowsOf = new Map<Image, number[]>();
  let rowsUsed = 0;
  for (let row = 0; row < table.rowCount; row++) {
    if (row % rowsPerStep === 0) yield;
    const named = imageColumns.map((column) => cellText(column, row)).filter((name) => name !== '');
    const matches = named.map((name) => finder.find(name));
    const found = matches.flatMap(({ image }) => image ?? []);
    const where = `row ${table.rowNumbers[row]}: ${named.join(', ')}`;
    const isFirst = found.some((image) => !rowsOf.has(image));
    for (const image of new Set(found)) {
      const rows = rowsOf.get(image);
      if (rows) rows.push(row);
      else rowsOf.set(image, [row]);
    }
    for (const { image, isLoose } of matches) {
      if (image && isLoose) findings.note('name-matched-loosely', `${where} is ${image.path}`);
    }
    if (found.length === 0) findings.note('row-without-image', where + explain(named, finder, findings));
    else if (!isFirst) findings.note('duplicate-row', where);
    else rowsUsed++;
  }
  finder.noteRest(findings);
  return { rowsOf, rowsUsed };
}

/** Why a row has no image; looked for as long as examples are kept. */
function explain(named: readonly string[], finder: ImageFinder<{ path: string }>, findings: FindingLog): string {
  const [name] = named;
  return name === undefined || findings.count('row-without-image') >= examplesExplained ? '' : finder.explain(name);
}

const examplesExplained = 10;

type Columns = ReturnType<typeof newColumns>;

function* joinTable(
  columns: Columns,
  table: Table,
  { column: name, to }: TableJoin,
  images: readonly { path: string }[],
  findings: FindingLog,
): Steps<void> {
  findings.copy(table.findings);
  const key = requireColumn(table, name);
  const rows =
    to === null ? yield* rowsByImage(table, key, images) : rowsByValue(table, key, columns.textsOf(to, table.file));
  yield;
  const used = new Set(rows.flat());
  for (let row = 0; row < table.rowCount; row++) {
    if (!used.has(row)) findings.note('row-not-joined', `${table.file}, row ${table.rowNumbers[row]}`);
  }
  for (const [index, found] of rows.entries()) {
    if (found.length === 0) findings.note('join-missing', `${images[index]!.path}: ${table.file}`);
  }
  addColumns(
    columns,
    table,
    table.columns.filter((column) => column !== key),
    rows,
  );
}

function* rowsByImage(table: Table, key: TableColumn, images: readonly { path: string }[]): Steps<number[][]> {
  const finder = createImageFinder(images);
  const rowsOf = new Map(images.map((image) => [image, [] as number[]]));
  for (let row = 0; row < table.rowCount; row++) {
    if (row % rowsPerStep === 0) yield;
    const { image } = finder.find(cellText(key, row));
    if (image) rowsOf.get(image)!.push(row);
  }
  return [...rowsOf.values()];
}

function rowsByValue(table: Table, key: TableColumn, texts: readonly (string | null)[]): number[][] {
  const rowsOf = new Map<string, number[]>();
  for (let row = 0; row < table.rowCount; row++) {
    const text = cellText(key, row);
    if (isMissing(text)) continue;
    const rows = rowsOf.get(text);
    if (rows) rows.push(row);
    else rowsOf.set(text, [row]);
  }
  return texts.map((text) => (text === null ? [] : (rowsOf.get(text) ?? [])));
}

function findTable(tables: readonly Table[], file: string): Table {
  const table = tables.find((candidate) => candidate.file === file);
  if (table) return table;
  const names = tables.map((candidate) => candidate.file).join(', ');
  throw new LabError({
    code: 'no-table-found',
    message: names
      ? `There is no table ${file} among these files. There is: ${names}.`
      : 'There is no table among these files.',
    hint: 'Drop the table that names each image, its label and its group together with the images.',
    details: { table: file },
  });
}

function requireColumn(table: Table, name: string): TableColumn {
  const column = findColumn(table, name);
  if (column) return column;
  const columns = table.columns.map((each) => each.name).join(', ');
  throw new LabError({
    code: 'column-missing',
    message: `${table.file} has no column "${name}". Its columns are: ${columns}.`,
    hint: 'Pick another column, or another table.',
    details: { file: table.file, column: name, columns },
  });
}
