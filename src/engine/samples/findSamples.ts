import Papa from 'papaparse';
import type { NamedBytes } from '../../model/files/packModelFiles';
import type { GroupInput, LabModel } from '../../model/labModel';

/** Images that lie beside a model, and what the model is expected to say of them. */
export interface Samples {
  /** Path of the table that names them. */
  table: string;
  images: NamedBytes[];
  /** A row per image, a value per class in the order of the model's outputs. */
  expected: number[][];
  /** What the values are: probabilities when every row lies in 0 … 1 and sums to 1, else logits. */
  of: 'logits' | 'probabilities';
  /** The number of each image's group, for models that need to know it; null for others. */
  groups: number[] | null;
}

/** Head of the last column of a table that tells the groups' numbers. */
export const groupColumn = 'group';

const tableEnding = /\.(csv|tsv)$/i;
const scorePrefix = /^(score|prob|probability|logit|p)[_ ]/i;
const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
/** Probabilities are rounded when they are written. */
const sumTolerance = 1e-2;

/**
 * Finds the table among a model's files that gives class scores of images which are there too: an image's name in the first
 * column, then a column of numbers per class, with or without a header. Columns are ordered by the names of the classes where
 * the header has them (`score_`, `prob_`, `logit_` before a name may stand), else they are in the order of the outputs. One
 * column for two classes is the probability of the second. For a model that needs the group of every image the last column, `group`, has
 * its number.
 *
 * @returns null when no table names any of the images; a text when one does, but cannot be read as class scores
 */
export function findSamples(
  files: readonly NamedBytes[],
  { classNames, groupInput }: Pick<LabModel, 'classNames' | 'groupInput'>,
): Samples | string | null {
  const byName = new Map(files.map((file) => [baseName(file.path), file]));
  for (const table of files.filter(({ path }) => tableEnding.test(path))) {
    const { data } = Papa.parse<string[]>(new TextDecoder().decode(table.bytes), { skipEmptyLines: 'greedy' });
    const rows = data.filter(([name = '']) => byName.has(baseName(name.trim())));
    if (rows.length === 0) continue;
    const header = data[0] === rows[0] ? [] : data[0]!.slice(1);
    const groups = groupInput ? takeGroups(rows, header, groupInput) : null;
    const scores = typeof groups === 'string' ? groups : readScores(rows, header, classNames);
    if (typeof groups === 'string' || typeof scores === 'string') {
      const why = typeof groups === 'string' ? groups : scores;
      return `${table.path} names images beside the model, but ${String(why)}`;
    }
    const images = rows.map(([name = '']) => byName.get(baseName(name.trim()))!);
    return {
      table: table.path,
      images,
      expected: scores,
      of: areProbabilities(scores) ? 'probabilities' : 'logits',
      groups,
    };
  }
  return null;
}

/** Takes the column of groups off the rows. A text says why there is none. */
function takeGroups(rows: string[][], header: string[], { names }: GroupInput): number[] | string {
  if (header.at(-1)?.trim() !== groupColumn)
    return `its last column is not "${groupColumn}", which this model needs to know.`;
  header.pop();
  const groups = rows.map((row) => Number(row.pop()));
  const isKnown = groups.every((group) => Number.isInteger(group) && group >= 0 && group < names.length);
  return isKnown ? groups : `its groups are not all numbers from 0 to ${names.length - 1}.`;
}

function readScores(rows: string[][], header: string[], classNames: readonly string[]): number[][] | string {
  const values = rows.map((row) => row.slice(1).map((cell) => (cell.trim() === '' ? Number.NaN : Number(cell))));
  const classes = classNames.length;
  const columns = values[0]!.length;
  if (values.some((row) => row.length !== columns || row.some((value) => !Number.isFinite(value)))) {
    return 'a cell behind an image’s name is no number.';
  }
  if (columns === 1 && classes === 2) return values.map(([second]) => [1 - second!, second!]);
  if (columns !== classes) return `it has ${columns} columns of numbers for ${classes} classes.`;
  const names = header.map((name) => name.trim().replace(scorePrefix, ''));
  const order = classNames.map((name) => names.indexOf(name));
  return order.includes(-1) ? values : values.map((row) => order.map((column) => row[column]!));
}

function areProbabilities(rows: readonly number[][]): boolean {
  return rows.every((row) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return row.every((value) => value >= 0 && value <= 1) && Math.abs(sum - 1) <= sumTolerance;
  });
}
