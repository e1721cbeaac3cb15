import type { Tally } from '../datasetFinding';

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
  columns: RecordColumn[];
  /** What became of the tables' rows when they were joined with the images. */
  rows: Tally;
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

/** The records of some of the images, in the order of `indices`. Values that none of them has are dropped. */
export function pickRecords(records: ImageRecords, indices: readonly number[]): ImageRecords {
  return {
    ...records,
    names: indices.map((index) => records.names[index]!),
    paths: indices.map((index) => records.paths[index]!),
    columns: records.columns.map((column) => pickColumn(column, indices)),
  };
}

function pickColumn({ name, values, codes }: RecordColumn, indices: readonly number[]): RecordColumn {
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
