import type { Constant } from './onnxGraph';
import type { Maps, OnnxValue, Vector } from './onnxValue';
import { describeDims, type NodeContext } from './translation';
import { transposeValues } from './transposeValues';
import { weightName } from './weightName';

/** Gemm: alpha · A · B + beta · C with B and C constant. */
export function gemm(context: NodeContext): Vector {
  if (context.number('transA', 0) !== 0) throw context.refusal('it transposes the images of a batch (transA)');
  const vector = flatVector(context, context.image(0));
  const weights = matrix(context, context.constant(1), context.number('transB', 0) !== 0);
  const [alpha, beta] = [context.number('alpha', 1), context.number('beta', 1)];
  const kernel = { ...weights, values: weights.values.map((value) => alpha * value) };
  const offset = context.optional(2);
  const units = weights.dims[1]!;
  if (offset && !(offset.values.length === 1 || (offset.values.length === units && offset.dims.at(-1) === units))) {
    throw context.refusal(`what it adds, [${offset.dims.join(', ')}], is not one number per output`);
  }
  const bias =
    offset && Float32Array.from({ length: units }, (_, i) => beta * offset.values[i % offset.values.length]!);
  return addDense(context, vector, kernel, bias, weightName(context, 1));
}

/** MatMul with a constant matrix: a dense layer, or a 1×1 convolution on maps whose channels come last. */
export function matMul(context: NodeContext): Vector | Maps {
  const image = context.image(0);
  const weights = matrix(context, context.constant(1), false);
  if (image.kind === 'vector')
    return addDense(context, flatVector(context, image), weights, null, weightName(context, 1));
  if (!image.order.endsWith('c') || !image.order.startsWith('b') || weights.dims[0] !== image.channels) {
    throw context.refusal(`it multiplies maps [${describeDims(image)}] with [${weights.dims.join(', ')}]`);
  }
  const [channels, filters] = weights.dims as [number, number];
  const layer = context.plan.add(context.node, {
    kind: 'Conv2D',
    config: { filters, kernel_size: [1, 1], use_bias: false },
    inputs: [image.layer],
    weights: { kernel: { shape: [1, 1, channels, filters], values: weights.values.slice() } },
    name: weightName(context, 1),
  });
  return { ...image, layer, channels: filters, isNonNegative: false };
}

function flatVector(context: NodeContext, value: OnnxValue): Vector {
  if (value.kind === 'vector' && value.dims.length === 1) return value;
  throw context.refusal(`it multiplies a matrix with [${describeDims(value)}]`);
}

/** [inputs, units] */
function matrix(context: NodeContext, { dims, values, ...rest }: Constant, isTransposed: boolean): Constant {
  if (dims.length !== 2) throw context.refusal(`its weights are [${dims.join(', ')}], where a matrix is expected`);
  return isTransposed
    ? { ...rest, dims: dims.toReversed(), values: transposeValues(values, dims, [1, 0]) }
    : { ...rest, dims, values };
}

function addDense(
  context: NodeContext,
  { layer: input, size, rows }: Vector,
  { dims, values }: Constant,
  bias: Float32Array | null,
  name: string,
): Vector {
  const [inputs = 0, units = 0] = dims;
  if (inputs !== size) throw context.refusal(`its weights [${dims.join(', ')}] do not fit ${size} inputs`);
  const layer = context.plan.add(context.node, {
    kind: 'Dense',
    config: { units, use_bias: bias !== null },
    inputs: [input],
    weights: {
      kernel: { shape: [inputs, units], values: rows ? reorderRows(values, units, rows) : values.slice() },
      ...(bias && { bias: { shape: [units], values: bias } }),
    },
    repairs: rows ? ['its rows were put in the order height, width, channel'] : [],
    name,
  });
  return { kind: 'vector', layer, size: units, dims: [units], rows: null, isNonNegative: false };
}

/** Row i goes to the place where the network keeps ONNX' number i. */
function reorderRows(values: Float32Array, units: number, rows: Int32Array): Float32Array {
  const ordered = new Float32Array(values.length);
  for (const [row, place] of rows.entries()) {
    ordered.set(values.subarray(row * units, (row + 1) * units), place * units);
  }
  return ordered;
}

/** BatchNormalization as at inference. */
export function batchNormalization(context: NodeContext): Maps | Vector {
  if (context.number('training_mode', 0) !== 0) throw context.refusal('it is in training mode');
  const image = context.image(0);
  const count = image.kind === 'maps' ? image.channels : image.size;
  const isPlain = image.kind === 'maps' ? /^bc|c$/.test(image.order) : image.rows === null && image.dims.length === 1;
  const channelAxis = image.kind === 'maps' ? image.order.indexOf('c') : 1;
  if (!isPlain || channelAxis !== 1) throw context.refusal(`it normalises another axis than the channels`);
  const names = ['gamma', 'beta', 'moving_mean', 'moving_variance'];
  const weights = Object.fromEntries(
    names.map((name, index) => {
      const { values } = context.constant(index + 1);
      if (values.length !== count) throw context.refusal(`it has ${values.length} numbers for ${count} channels`);
      return [name, { shape: [count], values: values.slice() }];
    }),
  );
  const layer = context.plan.add(context.node, {
    kind: 'BatchNormalization',
    config: { axis: -1, epsilon: context.number('epsilon', 1e-5), momentum: context.number('momentum', 0.9) },
    inputs: [image.layer],
    weights,
    name: weightName(context, 1),
  });
  return { ...image, layer, isNonNegative: false };
}
