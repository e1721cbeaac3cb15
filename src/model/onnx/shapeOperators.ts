import { sizeOf } from '../network/layerWeights';
import { unsqueezed } from './foldConstants';
import { dimsOf, flattenedRows, type Maps, type OnnxValue, type Vector } from './onnxValue';
import { selectChannels } from './selectChannels';
import { describeDims, type NodeContext, positiveAxis } from './translation';

/** Reshape of what depends on the image: to a vector, back to sides of 1, or to groups of channels and back. */
export function reshape(context: NodeContext): OnnxValue {
  const value = context.value(0);
  const given = [...context.constant(1).values];
  const keepsZeros = context.number('allowzero', 0) === 1;
  const before = dimsOf(value);
  const dims = given.map((side, axis) => (side === 0 && !keepsZeros ? before[axis]! : side));
  return reshapeTo(context, value, sidesAfterBatch(context, value, dims));
}

export function flatten(context: NodeContext): OnnxValue {
  const value = context.image(0);
  const rank = dimsOf(value).length;
  if (positiveAxis(context.number('axis', 1), rank) !== 1) throw context.refusal('it mixes the images of a batch');
  return reshapeTo(context, value, [sampleSize(value)]);
}

export function squeeze(context: NodeContext): OnnxValue {
  const value = context.image(0);
  const dims = dimsOf(value);
  const axes = context.numbersOrInput('axes', 1)?.map((axis) => positiveAxis(axis, dims.length));
  const gone = axes ?? dims.flatMap((side, axis) => (side === 1 ? [axis] : []));
  if (gone.some((axis) => dims[axis] !== 1)) throw context.refusal(`it squeezes [${describeDims(value)}]`);
  return reshapeTo(context, value, dims.filter((_, axis) => !gone.includes(axis)).slice(1));
}

export function unsqueeze(context: NodeContext): OnnxValue {
  const value = context.image(0);
  const dims = unsqueezed(dimsOf(value), context.numbersOrInput('axes', 1) ?? []);
  if (!Number.isNaN(dims[0])) throw context.refusal('it moves the batch to another axis');
  return reshapeTo(context, value, dims.slice(1));
}

/** Transposing changes no layer, only the order in which ONNX counts the axes. */
export function transpose(context: NodeContext): OnnxValue {
  const value = context.value(0);
  const dims = dimsOf(value);
  const order = context.numbers('perm') ?? dims.map((_, axis) => dims.length - 1 - axis);
  if (order.length !== dims.length || order.toSorted((a, b) => a - b).some((axis, i) => axis !== i) || order[0] !== 0) {
    throw context.refusal(`it transposes [${describeDims(value)}] by [${order.join(', ')}]`);
  }
  if (value.kind === 'maps') return { ...value, order: order.map((axis) => value.order[axis]).join('') };
  if (value.kind === 'vector') {
    if (value.rows && value.dims.length > 1) throw context.refusal('it transposes flattened maps');
    return { ...value, dims: order.slice(1).map((axis) => value.dims[axis - 1]!) };
  }
  if (value.kind === 'groups' && order.join() === '0,2,1,3,4') return { ...value, isSwapped: !value.isSwapped };
  throw context.refusal(`it transposes [${describeDims(value)}] by [${order.join(', ')}]`);
}

/** Numbers of one image. */
function sampleSize(value: OnnxValue): number {
  return sizeOf(dimsOf(value).slice(1));
}

/** The sides of one image; the first side asked for must be the batch. */
function sidesAfterBatch(context: NodeContext, value: OnnxValue, dims: number[]): number[] {
  const { graph } = context.translation;
  const [batch = 0, ...sides] = dims;
  const size = sampleSize(value);
  const open = sides.indexOf(-1);
  const isBatch = Number.isNaN(batch) || (batch === -1 && open < 0) || batch === graph.input.dims[0];
  const filled = open < 0 ? sides : sides.with(open, size / sizeOf(sides.filter((_, axis) => axis !== open)));
  if (isBatch && sizeOf(filled) === size) return filled;
  throw context.refusal(`it makes [${dims.join(', ')}] of [${describeDims(value)}], which mixes the images of a batch`);
}

function reshapeTo(context: NodeContext, value: OnnxValue, sides: number[]): OnnxValue {
  if (value.kind !== 'constant' && dimsOf(value).slice(1).join() === sides.join()) return value;
  if (value.kind === 'vector') {
    const isView = sides.filter((side) => side !== 1).length <= 1 && sides.length > 0;
    if (isView) return { ...value, dims: sides };
  }
  if (value.kind === 'maps' && value.order.startsWith('b')) {
    if (sides.length === 1) return flattenMaps(context, value);
    const [groups, each, height, width] = sides;
    const isSplit = value.order === 'bchw' && height === value.height && width === value.width && sides.length === 4;
    if (isSplit && groups! * each! === value.channels)
      return { kind: 'groups', maps: value, groups: groups!, isSwapped: false };
  }
  if (value.kind === 'groups') {
    const { maps } = value;
    if (sides.join() === [maps.channels, maps.height, maps.width].join()) return joinGroups(context, value);
  }
  throw context.refusal(`it makes [?, ${sides.join(', ')}] of [${describeDims(value)}]`);
}

function flattenMaps(context: NodeContext, maps: Maps): Vector {
  const size = sizeOf(context.claim([maps.height, maps.width, maps.channels]));
  const layer = context.plan.add(context.node, { kind: 'Flatten', inputs: [maps.layer] });
  return { kind: 'vector', layer, size, dims: [size], rows: flattenedRows(maps), isNonNegative: maps.isNonNegative };
}

/** Groups that were swapped are channels in another order: channel j of group i has become i of group j. */
function joinGroups(context: NodeContext, { maps, groups, isSwapped }: Extract<OnnxValue, { kind: 'groups' }>): Maps {
  if (!isSwapped) return maps;
  const each = maps.channels / groups;
  const sources = Array.from({ length: maps.channels }, (_, i) => (i % groups) * each + Math.floor(i / groups));
  return selectChannels(context, maps, sources);
}
