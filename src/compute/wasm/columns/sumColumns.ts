import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { heapFloats } from '../kernelScope';
import { addressOf, simdKernels } from '../simd/simdKernels';
import { openWorkSpace } from '../workSpace';
import { blocksOfRows, foldRows, repeatColumns } from './foldRows';

/** A matrix, and what is subtracted from each of its columns first. */
export interface ShiftedColumns {
  matrix: TensorInfo;
  shift: ArrayLike<number> | null;
}

/**
 * Sum of each column of a row-major matrix. Short stretches are added in float32, their sums in float64.
 * @param x float32, any shape, seen as rows of `columns` values
 */
export function sumColumns(backend: BackendWasm, x: TensorInfo, columns: number): Float64Array {
  const folded = foldRows(util.sizeFromShape(x.shape), columns);
  const work = openWorkSpace(backend, { sums: folded.width });
  try {
    const sums = new Float64Array(columns);
    const start = addressOf(backend, x);
    const { columnSums } = simdKernels(backend);
    for (const { first, count } of blocksOfRows(folded)) {
      const rowBytes = folded.width * 4;
      columnSums(start + first * rowBytes, work.address.sums, count, folded.width / 4, rowBytes);
      addTo(sums, work.values.sums);
    }
    return addTo(sums, heapFloats(backend, x).subarray(folded.rows * folded.width));
  } finally {
    work.dispose();
  }
}

/**
 * Sum over rows of (a - aShift) · (b - bShift), column by column. Precision as in {@link sumColumns}.
 * @param a and b float32 of the same size, seen as rows of `columns` values
 */
export function sumColumnProducts(
  backend: BackendWasm,
  a: ShiftedColumns,
  b: ShiftedColumns,
  columns: number,
): Float64Array {
  const folded = foldRows(util.sizeFromShape(a.matrix.shape), columns);
  const { width } = folded;
  const work = openWorkSpace(backend, { sums: width, aShift: width, bShift: width }, ['aShift', 'bShift']);
  try {
    if (a.shift) work.values.aShift.set(repeatColumns(a.shift, folded));
    if (b.shift) work.values.bShift.set(repeatColumns(b.shift, folded));
    const sums = new Float64Array(columns);
    const [aStart, bStart] = [addressOf(backend, a.matrix), addressOf(backend, b.matrix)];
    const { columnProducts } = simdKernels(backend);
    for (const { first, count } of blocksOfRows(folded)) {
      const rowBytes = width * 4;
      columnProducts(
        aStart + first * rowBytes,
        work.address.aShift,
        bStart + first * rowBytes,
        work.address.bShift,
        work.address.sums,
        count,
        width / 4,
        rowBytes,
      );
      addTo(sums, work.values.sums);
    }
    const [aRest, bRest] = [a, b].map(({ matrix }) => heapFloats(backend, matrix).subarray(folded.rows * width));
    const rest = aRest!.map((value, i) => (value - work.values.aShift[i]!) * (bRest![i]! - work.values.bShift[i]!));
    return addTo(sums, rest);
  } finally {
    work.dispose();
  }
}

/** Adds values that belong to the columns in turn. */
function addTo(sums: Float64Array, values: Float32Array): Float64Array {
  for (let i = 0, column = 0; i < values.length; i++, column++) {
    if (column === sums.length) column = 0;
    sums[column]! += values[i]!;
  }
  return sums;
}
