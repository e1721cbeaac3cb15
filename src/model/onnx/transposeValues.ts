import { sizeOf } from '../network/layerWeights';

/** Row-major numbers with their axes in another order: axis i of the result is axis `order[i]` of what is given. */
export function transposeValues(values: Float32Array, dims: readonly number[], order: readonly number[]): Float32Array {
  const strides = dims.map((_, axis) => sizeOf(dims.slice(axis + 1)));
  const sides = order.map((axis) => dims[axis]!);
  const steps = order.map((axis) => strides[axis]!);
  const turned = new Float32Array(values.length);
  const place = sides.map(() => 0);
  let from = 0;
  for (let at = 0; at < turned.length; at++) {
    turned[at] = values[from]!;
    for (let axis = sides.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++place[axis]! < sides[axis]!) break;
      place[axis] = 0;
      from -= sides[axis]! * steps[axis]!;
    }
  }
  return turned;
}
