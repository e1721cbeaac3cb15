/** A row-major matrix seen with rows of whole vectors: several of its rows may make one. */
export interface FoldedRows {
  /** Rows of the matrix in one folded row. */
  fold: number;
  /** Values of a folded row, a multiple of four. */
  width: number;
  /** Whole folded rows. */
  rows: number;
  /** Values after the last whole folded row. */
  rest: number;
}

/**
 * Folds the rows of a matrix so that vectors of four fit: pruned layers have any number of channels.
 * @param size values of the matrix
 * @param columns values of a row
 */
export function foldRows(size: number, columns: number): FoldedRows {
  const fold = columns % 4 === 0 ? 1 : columns % 2 === 0 ? 2 : 4;
  const width = fold * columns;
  const rows = Math.floor(size / width);
  return { fold, width, rows, rest: size - rows * width };
}

/** One value per column, repeated for each row of the matrix in a folded row. */
export function repeatColumns(values: ArrayLike<number>, { fold }: FoldedRows): Float32Array {
  const repeated = new Float32Array(values.length * fold);
  for (let turn = 0; turn < fold; turn++) repeated.set(values, turn * values.length);
  return repeated;
}

/** Values that stay in the first-level cache while the columns are gone through. */
const blockValues = 8192;

/** Stretches of folded rows that are added up in float32 before their sums are added in float64. */
export function blocksOfRows({ rows, width }: FoldedRows): { first: number; count: number }[] {
  const perBlock = Math.max(1, Math.floor(blockValues / width));
  return Array.from({ length: Math.ceil(rows / perBlock) }, (_, block) => ({
    first: block * perBlock,
    count: Math.min(perBlock, rows - block * perBlock),
  }));
}
