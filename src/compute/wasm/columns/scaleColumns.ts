import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type TensorInfo, util } from '@tensorflow/tfjs-core';
import { heapFloats } from '../kernelScope';
import { addressOf, simdKernels } from '../simd/simdKernels';
import { openWorkSpace } from '../workSpace';
import { foldRows, repeatColumns } from './foldRows';

/** A float32 tensor whose last axis are its columns, and what each column is multiplied by. */
export interface ScaledColumns {
  matrix: TensorInfo;
  gain: ArrayLike<number>;
}

/** x · gain + shift, column by column, in one pass. @returns float32 of the shape of x */
export function scaleColumns(
  backend: BackendWasm,
  { matrix, gain }: ScaledColumns,
  shift: ArrayLike<number>,
): TensorInfo {
  const y = backend.makeOutput(matrix.shape, 'float32');
  const folded = foldRows(util.sizeFromShape(matrix.shape), shift.length);
  const { rows, width, rest } = folded;
  const work = openWorkSpace(backend, { gain: width, shift: width });
  try {
    const { gain: gains, shift: shifts } = work.values;
    gains.set(repeatColumns(gain, folded));
    shifts.set(repeatColumns(shift, folded));
    if (rows > 0) {
      const { address } = work;
      const [from, to] = [addressOf(backend, matrix), addressOf(backend, y)];
      simdKernels(backend).scaleRows(from, address.gain, address.shift, to, rows, width / 4);
    }
    const [from, to] = [heapFloats(backend, matrix), heapFloats(backend, y)];
    for (let i = 0, at = rows * width; i < rest; i++, at++) to[at] = from[at]! * gains[i]! + shifts[i]!;
    return y;
  } finally {
    work.dispose();
  }
}

/** a · aGain + b · bGain + shift, column by column, in one pass. @returns float32 of the shape of a */
export function combineColumns(
  backend: BackendWasm,
  a: ScaledColumns,
  b: ScaledColumns,
  shift: ArrayLike<number>,
): TensorInfo {
  const y = backend.makeOutput(a.matrix.shape, 'float32');
  const folded = foldRows(util.sizeFromShape(a.matrix.shape), shift.length);
  const { rows, width, rest } = folded;
  const work = openWorkSpace(backend, { aGain: width, bGain: width, shift: width });
  try {
    const { aGain, bGain, shift: shifts } = work.values;
    aGain.set(repeatColumns(a.gain, folded));
    bGain.set(repeatColumns(b.gain, folded));
    shifts.set(repeatColumns(shift, folded));
    if (rows > 0) {
      const { address } = work;
      simdKernels(backend).combineRows(
        addressOf(backend, a.matrix),
        address.aGain,
        addressOf(backend, b.matrix),
        address.bGain,
        address.shift,
        addressOf(backend, y),
        rows,
        width / 4,
      );
    }
    const [aValues, bValues, to] = [a.matrix, b.matrix, y].map((tensor) => heapFloats(backend, tensor));
    for (let i = 0, at = rows * width; i < rest; i++, at++) {
      to![at] = aValues![at]! * aGain[i]! + bValues![at]! * bGain[i]! + shifts[i]!;
    }
    return y;
  } finally {
    work.dispose();
  }
}
