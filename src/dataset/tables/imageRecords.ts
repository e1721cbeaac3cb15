import type { DatasetFinding, Tally } from '../findings/datasetFinding';
import type { JoinPlan } from './joinPlan';

/**
 * What the tables say of each stored image, as text and before any mapping: kept beside the pixels, so that a mapping can
 * be changed without a new import. Arrays over images are in the order of the image set.
 */
export interface ImageRecords {
  version: 1;
  /** The image's stem, as rows name it. */
  names: string[];
  /** Path among the given files, which no two images share. */
  paths: string[];
  /** Position of the image in the image set; before it is stored, among the given files. */
  imageIndices: number[];
  columns: RecordColumn[];
  /** How the tables were put together. */
  join: JoinPlan;
  /** What became of the tables' rows when they were joined with the images. */
  rows: Tally;
  /** How many images were given, also those that have no record here. */
  givenCount: number;
  /** What was noticed before any mapping: of tables, of the join, of files that could not be read. */
  findings: DatasetFinding[];
}

export interface RecordColumn {
  name: string;
  /** The distinct texts of the column. */
  values: string[];
  /** For each image the position of its text in `values`; {@link rowsDiffer} where its rows say different things. */
  codes: number[];
}

/** Code of a cell whose image has several rows that do not agree. */
export const rowsDiffer = -1;

/**
 * The records of those images that `placeOf` gives a place, which becomes their position. Values that none of them has are
 * dropped.
 *
 * @param placeOf from a record's present position to its new one; undefined drops it
 */
export function placeRecords(records: ImageRecords, placeOf: (imageIndex: number) => number | undefined): ImageRecords {
  const kept = records.imageIndices.flatMap((image, index) => {
    const place = placeOf(image);
    return place === undefined ? [] : [{ index, place }];
  });
  const indices = kept.map(({ index }) => index);
  return {
    ...records,
    names: indices.map((index) => records.names[index]!),
    paths: indices.map((index) => records.paths[index]!),
    imageIndices: kept.map(({ place }) => place),
    columns: records.columns.map((column) => pickColumn(column, indices)),
  };
}

/** A column of some of the images, in the order of `indices`. */
export function pickColumn({ name, values, codes }: RecordColumn, indices: readonly number[]): RecordColumn {
  const kept = new Map<number, number>();
  const picked = indices.map((index) => {
    const code = codes[index]!;
    if (code === rowsDiffer) return rowsDiffer;
    const known = kept.get(code) ?? kept.size;
    kept.set(code, known);
    return known;
  });
  return { name, values: [...kept.keys()].map((code) => values[code]!), codes: picked };
}
