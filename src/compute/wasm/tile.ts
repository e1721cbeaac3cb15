import { type KernelFunc, type TileAttrs, util } from '@tensorflow/tfjs-core';
import { heapFloats, requireInput, wasmBackend } from './kernelScope';

/**
 * Wraps the stock `Tile`: float32 values are repeated by block copies that double in length, instead of one by one
 * with an index computation for each. Other types go to the stock kernel.
 */
export function tileByBlocks(stock: KernelFunc): KernelFunc {
  return (call) => {
    const x = requireInput(call.inputs, 'x');
    // tfjs passes attributes untyped and has checked them in the op.
    const { reps } = call.attrs as unknown as TileAttrs;
    if (x.dtype !== 'float32') return stock(call);
    const backend = wasmBackend(call.backend);
    const output = backend.makeOutput(
      x.shape.map((size, axis) => size * (reps[axis] ?? 1)),
      'float32',
    );
    tileValues(heapFloats(backend, x), heapFloats(backend, output), x.shape, reps);
    return output;
  };
}

/**
 * Repeats values along each axis.
 * @param x values of the shape, row-major
 * @param out receives the values, row-major, of size Π shape·repeats
 * @param repeats how often each axis is repeated, at least once
 */
export function tileValues(x: Float32Array, out: Float32Array, shape: number[], repeats: number[]): void {
  const inStrides = [...util.computeStrides(shape), 1];
  const outStrides = [...util.computeStrides(shape.map((size, axis) => size * (repeats[axis] ?? 1))), 1];
  const lastRepeated = repeats.findLastIndex((count) => count > 1);
  const tileFrom = (axis: number, source: number, target: number): void => {
    if (axis > lastRepeated) {
      const length = axis === 0 ? x.length : inStrides[axis - 1]!;
      copyBlock(x, source, out, target, length);
      return;
    }
    const inStride = inStrides[axis]!;
    const outStride = outStrides[axis]!;
    for (let i = 0; i < shape[axis]!; i++) tileFrom(axis + 1, source + i * inStride, target + i * outStride);
    repeatBlock(out, target, shape[axis]! * outStride, repeats[axis]!);
  };
  tileFrom(0, 0, 0);
}

function copyBlock(x: Float32Array, source: number, out: Float32Array, target: number, length: number): void {
  for (let i = 0; i < length; i++) out[target + i] = x[source + i]!;
}

/** Repeats the block that starts at `start`, doubling what is copied each time. */
function repeatBlock(out: Float32Array, start: number, length: number, repeats: number): void {
  const end = start + length * repeats;
  for (let done = start + length; done < end; done += done - start) {
    out.copyWithin(done, start, Math.min(done, start + (end - done)));
  }
}
