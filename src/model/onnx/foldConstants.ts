import { sizeOf } from '../network/layerWeights';
import type { Constant } from './onnxGraph';
import { dimsOf } from './onnxValue';
import { type NodeContext, positiveAxis } from './translation';
import { transposeValues } from './transposeValues';

const floatTypes = [1, 10, 11, 16];

type Fold = (context: NodeContext) => Constant | Constant[];

const constant = (dims: number[], values: Float32Array, isInteger: boolean): Constant => ({
  kind: 'constant',
  dims,
  values,
  isInteger,
});

/** What each operator makes of constants. */
const folds: Record<string, Fold> = {
  Constant: constantNode,
  ConstantOfShape: (context) => {
    const dims = context.claim([...context.constant(0).values]);
    const value = context.node.attributes.get('value');
    const isTensor = typeof value === 'object' && !Array.isArray(value);
    return constant(
      dims,
      new Float32Array(sizeOf(dims)).fill(isTensor ? value.values[0]! : 0),
      isTensor && value.isInteger,
    );
  },
  Identity: (context) => context.constant(0),
  Dropout: (context) => context.constant(0),
  Cast: (context) => {
    const { dims, values } = context.constant(0);
    const isInteger = !floatTypes.includes(context.number('to', 1));
    return constant(dims, isInteger ? values.map(Math.trunc) : values, isInteger);
  },
  Add: elementwise((a, b) => a + b),
  Sub: elementwise((a, b) => a - b),
  Mul: elementwise((a, b) => a * b),
  Div: elementwise((a, b) => a / b),
  Sqrt: each(Math.sqrt),
  Floor: each(Math.floor),
  Ceil: each(Math.ceil),
  Neg: each((value) => -value),
  Reciprocal: each((value) => 1 / value),
  Gather: (context) => {
    const indices = context.constant(1);
    return take(context, context.constant(0), context.number('axis', 0), [...indices.values], indices.dims);
  },
  Slice: (context) => {
    const given = context.constant(0);
    return readSlices(context, given.dims).reduce(
      (sliced, { axis, indices }) => take(context, sliced, axis, indices),
      given,
    );
  },
  Concat: concat,
  Reshape: (context) => {
    const given = context.constant(0);
    const wanted = [...context.constant(1).values].map((side, axis) => (side === 0 ? given.dims[axis]! : side));
    const known = sizeOf(wanted.filter((side) => side !== -1));
    return resized(
      context,
      given,
      wanted.map((side) => (side === -1 ? given.values.length / known : side)),
    );
  },
  Flatten: (context) => {
    const given = context.constant(0);
    const axis = positiveAxis(context.number('axis', 1), given.dims.length);
    return resized(context, given, [sizeOf(given.dims.slice(0, axis)), sizeOf(given.dims.slice(axis))]);
  },
  Squeeze: (context) => {
    const given = context.constant(0);
    const axes = context.numbersOrInput('axes', 1)?.map((axis) => positiveAxis(axis, given.dims.length));
    return resized(
      context,
      given,
      given.dims.filter((side, axis) => (axes ? !axes.includes(axis) : side !== 1)),
    );
  },
  Unsqueeze: (context) => {
    const given = context.constant(0);
    return resized(context, given, unsqueezed(given.dims, context.numbersOrInput('axes', 1) ?? []));
  },
  Transpose: (context) => {
    const { dims, values, isInteger } = context.constant(0);
    const order = context.numbers('perm') ?? dims.map((_, axis) => dims.length - 1 - axis);
    if (order.toSorted((a, b) => a - b).some((axis, i) => axis !== i) || order.length !== dims.length) {
      throw context.refusal(`its perm [${order.join(', ')}] does not fit [${dims.join(', ')}]`);
    }
    return constant(
      order.map((axis) => dims[axis]!),
      transposeValues(values, dims, order),
      isInteger,
    );
  },
  Expand: (context) => {
    const target = context.constant(1);
    const ones = constant(
      [...target.values],
      new Float32Array(sizeOf(context.claim([...target.values]))).fill(1),
      false,
    );
    return broadcast(context, context.constant(0), ones, (a) => a);
  },
};

/** The constants that a node gives, when all that it reads are constants and the lab can compute it; otherwise null. */
export function foldConstants(context: NodeContext): Constant[] | null {
  const { node } = context;
  if (node.operator === 'Shape') return [shapeOf(context)];
  const fold = folds[node.operator];
  const isConstant = node.inputs.every((_, index) => !context.has(index) || context.value(index).kind === 'constant');
  return fold && isConstant ? [fold(context)].flat() : null;
}

/** The sides of any value; from version 15 on a part of them can be asked for. */
function shapeOf(context: NodeContext): Constant {
  const dims = dimsOf(context.value(0));
  const start = context.number('start', 0);
  const part = dims.slice(start, context.number('end', dims.length));
  return constant([part.length], Float32Array.from(part), true);
}

function constantNode(context: NodeContext): Constant {
  const { attributes } = context.node;
  const value = attributes.get('value');
  if (typeof value === 'object' && !Array.isArray(value)) return value;
  const numbers = attributes.get('value_float') ?? attributes.get('value_floats');
  const integers = attributes.get('value_int') ?? attributes.get('value_ints');
  const given = numbers ?? integers;
  if (typeof given === 'number') return constant([], Float32Array.of(given), given === integers);
  if (Array.isArray(given)) return constant([given.length], Float32Array.from(given), given === integers);
  throw context.refusal('it is of another kind than numbers');
}

function each(compute: (value: number) => number): Fold {
  return (context) => {
    const { dims, values, isInteger } = context.constant(0);
    return constant(dims, values.map(compute), isInteger);
  };
}

function elementwise(compute: (a: number, b: number) => number): Fold {
  return (context) => broadcast(context, context.constant(0), context.constant(1), compute);
}

function broadcast(
  context: NodeContext,
  a: Constant,
  b: Constant,
  compute: (a: number, b: number) => number,
): Constant {
  const rank = Math.max(a.dims.length, b.dims.length);
  const [left, right] = [a, b].map(({ dims }) => [...Array<number>(rank - dims.length).fill(1), ...dims]) as [
    number[],
    number[],
  ];
  const dims = left.map((side, axis) => (side === 1 ? right[axis]! : side));
  if (left.some((side, axis) => side !== 1 && right[axis] !== 1 && side !== right[axis])) {
    throw context.refusal(`[${a.dims.join(', ')}] and [${b.dims.join(', ')}] do not fit together`);
  }
  const values = new Float32Array(sizeOf(context.claim(dims)));
  const isInteger = a.isInteger && b.isInteger;
  const place = dims.map(() => 0);
  const at = (sides: number[]) => sides.reduce((sum, side, axis) => sum * side + (side === 1 ? 0 : place[axis]!), 0);
  for (let i = 0; i < values.length; i++) {
    const value = compute(a.values[at(left)]!, b.values[at(right)]!);
    values[i] = isInteger ? Math.trunc(value) : value;
    for (let axis = rank - 1; axis >= 0 && ++place[axis]! === dims[axis]!; axis--) place[axis] = 0;
  }
  return constant(dims, values, isInteger);
}

/** Slices along an axis, which the axes of the indices replace. */
function take(
  context: NodeContext,
  given: Constant,
  axis: number,
  indices: number[],
  indexDims = [indices.length],
): Constant {
  const { dims, values, isInteger } = given;
  const at = positiveAxis(axis, dims.length);
  const side = dims[at] ?? 0;
  const chosen = indices.map((index) => positiveAxis(index, side));
  if (chosen.some((index) => !(index >= 0 && index < side)))
    throw context.refusal(`it reads beyond [${dims.join(', ')}]`);
  const inner = sizeOf(dims.slice(at + 1));
  const outer = sizeOf(dims.slice(0, at));
  const due = [...dims.slice(0, at), ...indexDims, ...dims.slice(at + 1)];
  const taken = new Float32Array(sizeOf(context.claim(due)));
  for (let i = 0; i < outer; i++) {
    for (const [j, index] of chosen.entries()) {
      const from = (i * side + index) * inner;
      taken.set(values.subarray(from, from + inner), (i * chosen.length + j) * inner);
    }
  }
  return constant(due, taken, isInteger);
}

/** The positions that a Slice takes, axis by axis, in their order. */
export function readSlices(context: NodeContext, dims: number[]): { axis: number; indices: number[] }[] {
  const starts = [...context.constant(1).values];
  const ends = [...context.constant(2).values];
  const axes = [...(context.optional(3)?.values ?? starts.keys())];
  const steps = [...(context.optional(4)?.values ?? starts.map(() => 1))];
  return axes.map((given, i) => {
    const axis = positiveAxis(given, dims.length);
    const [side = Number.NaN, step = 0] = [dims[axis], steps[i]];
    if (Number.isNaN(side) || !Number.isInteger(step) || step === 0) {
      throw context.refusal(`it slices axis ${axis} of [${dims.join(', ')}] in steps of ${step}`);
    }
    // Counted backwards, a slice begins at the last place at most and ends before the first at least.
    const [least, most] = step > 0 ? [0, side] : [-1, side - 1];
    const clamp = (place: number, lowest: number) => Math.min(most, Math.max(lowest, positiveAxis(place, side)));
    const [start, end] = [clamp(starts[i]!, Math.max(0, least)), clamp(ends[i]!, least)];
    const indices: number[] = [];
    for (let index = start; step > 0 ? index < end : index > end; index += step) indices.push(index);
    return { axis, indices };
  });
}

function concat(context: NodeContext): Constant {
  const parts = context.node.inputs.map((_, index) => context.constant(index));
  const [first] = parts;
  const axis = positiveAxis(context.number('axis', 0), first!.dims.length);
  const outer = sizeOf(first!.dims.slice(0, axis));
  const dims = first!.dims.with(
    axis,
    parts.reduce((sum, part) => sum + part.dims[axis]!, 0),
  );
  const joined = new Float32Array(sizeOf(context.claim(dims)));
  let at = 0;
  for (let i = 0; i < outer; i++) {
    for (const { values } of parts) {
      const length = values.length / outer;
      joined.set(values.subarray(i * length, (i + 1) * length), at);
      at += length;
    }
  }
  return constant(
    dims,
    joined,
    parts.every(({ isInteger }) => isInteger),
  );
}

/** Sides with sides of 1 put in at the axes. */
export function unsqueezed(dims: number[], axes: number[]): number[] {
  const rank = dims.length + axes.length;
  const ones = axes.map((axis) => positiveAxis(axis, rank));
  const rest = [...dims];
  return Array.from({ length: rank }, (_, axis) => (ones.includes(axis) ? 1 : (rest.shift() ?? 1)));
}

function resized(context: NodeContext, { values, isInteger }: Constant, dims: number[]): Constant {
  if (sizeOf(dims) === values.length) return constant(dims, values, isInteger);
  throw context.refusal(`${values.length} numbers do not fill [${dims.join(', ')}]`);
}
