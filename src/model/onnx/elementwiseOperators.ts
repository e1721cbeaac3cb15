import { applyConstant } from './affineOperators';
import { dimsOf, type Maps, type OnnxValue, type Vector } from './onnxValue';
import { describeDims, type NodeContext } from './translation';

/** Layers that join values number by number. */
const joins: Record<string, string> = {
  Add: 'Add',
  Sum: 'Add',
  Mul: 'Multiply',
  Max: 'Maximum',
  Min: 'Minimum',
  Mean: 'Average',
};

/** Add, Sub, Mul, Div, Max, Min, Sum and Mean, of images' values with one another or with constants. */
export function elementwise(context: NodeContext): OnnxValue {
  const { operator, inputs } = context.node;
  const values = inputs.map((_, index) => context.value(index));
  const constantAt = values.findIndex(({ kind }) => kind === 'constant');
  if (constantAt >= 0 && values.length === 2 && ['Add', 'Sub', 'Mul', 'Div'].includes(operator)) {
    return applyConstant(context, constantAt === 0 ? 1 : 0);
  }
  if (operator === 'Sub') return subtract(context);
  const kind = joins[operator];
  if (!kind || constantAt >= 0) throw context.refusal('it joins values that layers of TensorFlow.js cannot join so');
  if (values.length === 1) return values[0]!;
  return (
    (operator === 'Mul' && swish(context)) ||
    join(
      context,
      kind,
      inputs.map((_, index) => context.image(index)),
    )
  );
}

/** TensorFlow.js has no layer that subtracts: the second is turned round and added. */
function subtract(context: NodeContext): Maps | Vector {
  const [image, taken] = [context.image(0), context.image(1)];
  const layer = context.plan.add(context.node, {
    kind: 'Rescaling',
    config: { scale: -1, offset: 0 },
    inputs: [taken.layer],
    part: 'negative',
  });
  return join(context, 'Add', [image, { ...taken, layer, isNonNegative: false }]);
}

function join(context: NodeContext, kind: string, images: (Maps | Vector)[]): Maps | Vector {
  const [first] = images;
  const add = (given: (Maps | Vector)[]) =>
    context.plan.add(context.node, { kind, inputs: given.map(({ layer }) => layer) });
  const isNonNegative = images.every((image) => image.isNonNegative);
  if (images.every((image) => image.kind === 'vector')) {
    const rows = first?.kind === 'vector' ? first.rows : null;
    if (images.some((image) => image.dims.join() !== images[0]!.dims.join() || image.rows?.join() !== rows?.join())) {
      throw misfit(context, images);
    }
    return { ...images[0]!, layer: add(images), isNonNegative };
  }
  const order = images.find((image) => image.kind === 'maps')!.order;
  const maps = images.map((image) => context.asMaps(image, order));
  const sides = maps.map(({ height, width, channels }) => [height, width, channels]);
  const largest = [0, 1, 2].map((axis) => Math.max(...sides.map((own) => own[axis]!)));
  const fits = sides.every((own) => own.every((side, axis) => side === 1 || side === largest[axis]));
  if (!fits || maps.some((one) => one.order !== order)) throw misfit(context, images);
  const [height, width, channels] = largest as [number, number, number];
  return { kind: 'maps', layer: add(maps), height, width, channels, order, isNonNegative };
}

function misfit(context: NodeContext, images: (Maps | Vector)[]) {
  const shapes = images.map((image) => `[${describeDims(image)}]`).join(' and ');
  return context.refusal(`it joins ${shapes}, which do not fit together`);
}

/** x · Sigmoid(x) as one activation, when nothing else reads the sigmoid. */
function swish(context: NodeContext): Maps | Vector | null {
  const images = [context.image(0), context.image(1)] as const;
  for (const gate of [0, 1] as const) {
    const sigmoid = context.plan.layers.get(images[gate].layer)!;
    const image = images[1 - gate]!;
    const isGate = sigmoid.kind === 'Activation' && sigmoid.config.activation === 'sigmoid';
    const isSole = sigmoid.output === context.node.inputs[gate] && context.isOnlyReaderOf(gate);
    if (!isGate || !isSole || sigmoid.inputs[0] !== image.layer) continue;
    if (dimsOf(image).join() !== dimsOf(images[gate]).join()) continue;
    context.plan.remove(sigmoid.name);
    const layer = context.plan.add(context.node, {
      kind: 'Activation',
      config: { activation: 'swish' },
      inputs: [image.layer],
      repairs: [`with ${sigmoid.origin} it is the activation swish`],
    });
    return { ...image, layer };
  }
  return null;
}

/** Concat along the channels, or of vectors. */
export function concat(context: NodeContext): Maps | Vector {
  const images = context.node.inputs.map((_, index) => context.image(index));
  if (images.length === 1) return images[0]!;
  const rank = dimsOf(images[0]!).length;
  const axis = context.number('axis', 1);
  const at = axis < 0 ? axis + rank : axis;
  const add = (given: (Maps | Vector)[]) =>
    context.plan.add(context.node, {
      kind: 'Concatenate',
      config: { axis: -1 },
      inputs: given.map(({ layer }) => layer),
    });
  const isNonNegative = images.every((image) => image.isNonNegative);
  if (images.every((image) => image.kind === 'vector' && image.dims.length === 1) && at === 1) {
    const vectors = images as Vector[];
    const size = vectors.reduce((sum, vector) => sum + vector.size, 0);
    return { kind: 'vector', layer: add(vectors), size, dims: [size], rows: joinedRows(vectors), isNonNegative };
  }
  const order = images.find((image) => image.kind === 'maps')?.order ?? 'bchw';
  const maps = images.map((image) => context.asMaps(image, order));
  const [{ height, width }] = maps as [Maps];
  if (maps.some((one) => one.order !== order || one.height !== height || one.width !== width) || order[at] !== 'c') {
    throw context.refusal('it does not join maps of one size along their channels');
  }
  const channels = maps.reduce((sum, one) => sum + one.channels, 0);
  return { kind: 'maps', layer: add(maps), height, width, channels, order, isNonNegative };
}

function joinedRows(vectors: Vector[]): Int32Array | null {
  if (vectors.every(({ rows }) => rows === null)) return null;
  let offset = 0;
  return Int32Array.from(
    vectors.flatMap(({ size, rows }) => {
      const from = offset;
      offset += size;
      return Array.from({ length: size }, (_, i) => from + (rows?.[i] ?? i));
    }),
  );
}
