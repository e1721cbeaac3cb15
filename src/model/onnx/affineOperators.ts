import { sizeOf } from '../network/layerWeights';
import { describeNode, type PlannedLayer } from './networkPlan';
import type { Constant } from './onnxGraph';
import { dimsOf, type Maps, type Vector } from './onnxValue';
import { describeDims, type NodeContext } from './translation';

/** What an operator does to each channel: value · scale + shift, one number per channel as the network orders them. */
interface Affine {
  scale: Float64Array;
  shift: Float64Array;
}

/** Kinds of layers whose channels can be scaled and shifted in their own weights, and which weights those are. */
const foldable: Record<string, { scaled: string; shifted: string }> = {
  Conv2D: { scaled: 'kernel', shifted: 'bias' },
  DepthwiseConv2D: { scaled: 'depthwise_kernel', shifted: 'bias' },
  Dense: { scaled: 'kernel', shifted: 'bias' },
  BatchNormalization: { scaled: 'gamma', shifted: 'beta' },
};

/**
 * Add, Sub, Mul or Div of an image's values with a constant per channel: taken into the weights of the layer before, when
 * nothing else reads it; otherwise a layer of its own.
 *
 * @param index which input depends on the image
 */
export function applyConstant(context: NodeContext, index: 0 | 1): Maps | Vector {
  const image = context.image(index);
  const constants = perChannel(context, image, context.constant(1 - index));
  const affine = affineOf(context, constants, index === 0);
  if (affine.scale.every((value) => value === 1) && affine.shift.every((value) => value === 0)) return image;
  const before = context.plan.layers.get(image.layer)!;
  const isNonNegative = image.isNonNegative && affine.scale.every((x) => x >= 0) && affine.shift.every((x) => x >= 0);
  if (isFoldable(context, before, affine, index)) {
    foldInto(before, affine);
    before.repairs.push(
      `${describeNode(context.node)} was taken into its ${before.kind === 'Rescaling' ? 'settings' : 'weights'}`,
    );
    return { ...image, isNonNegative };
  }
  const layer = isUniform(affine) ? addRescaling(context, image, affine) : addDepthwise(context, image, affine);
  return { ...image, layer, isNonNegative };
}

/** The constant's number for each channel; those of a vector in the network's order. */
function perChannel(context: NodeContext, image: Maps | Vector, { dims, values }: Constant): Float64Array {
  const sides = dimsOf(image);
  const count = image.kind === 'maps' ? image.channels : image.size;
  const misfit = () =>
    context.refusal(`its constant [${dims.join(', ')}] is not one number per channel of [${describeDims(image)}]`);
  if (dims.length > sides.length) throw misfit();
  if (sizeOf(dims) === 1) return new Float64Array(count).fill(values[0]!);
  const aligned = [...Array<number>(sides.length - dims.length).fill(1), ...dims];
  if (image.kind === 'maps') {
    const axis = image.order.indexOf('c');
    if (aligned.some((side, i) => side !== (i === axis ? count : 1))) throw misfit();
    return Float64Array.from(values);
  }
  if (aligned[0] !== 1 || aligned.slice(1).join() !== image.dims.join()) throw misfit();
  const ordered = new Float64Array(count);
  for (let i = 0; i < count; i++) ordered[image.rows?.[i] ?? i] = values[i]!;
  return ordered;
}

function affineOf(context: NodeContext, constants: Float64Array, isLeft: boolean): Affine {
  const all = (value: number) => new Float64Array(constants.length).fill(value);
  switch (context.node.operator) {
    case 'Add':
      return { scale: all(1), shift: constants };
    case 'Sub':
      return isLeft ? { scale: all(1), shift: constants.map((x) => -x) } : { scale: all(-1), shift: constants };
    case 'Mul':
      return { scale: constants, shift: all(0) };
    default:
      if (isLeft) return { scale: constants.map((x) => 1 / x), shift: all(0) };
      throw context.refusal('it divides by values of the image');
  }
}

function isFoldable(context: NodeContext, before: PlannedLayer, affine: Affine, index: number): boolean {
  const takes = before.kind in foldable || (before.kind === 'Rescaling' && isUniform(affine));
  return takes && before.output === context.node.inputs[index] && context.isOnlyReaderOf(index);
}

/** The channels lie on the last axes of every weight, those of a depthwise kernel on the last two. */
function foldInto(layer: PlannedLayer, { scale, shift }: Affine): void {
  if (layer.kind === 'Rescaling') {
    const { scale: factor, offset } = layer.config;
    layer.config.scale = Number(factor) * scale[0]!;
    layer.config.offset = Number(offset) * scale[0]! + shift[0]!;
    return;
  }
  const { scaled, shifted } = foldable[layer.kind]!;
  const count = scale.length;
  const kernel = layer.weights[scaled]!;
  kernel.values = kernel.values.map((value, i) => value * scale[i % count]!);
  if (!(shifted in layer.weights) && shift.every((value) => value === 0)) return;
  const bias = layer.weights[shifted]?.values ?? new Float32Array(count);
  layer.weights[shifted] = { shape: [count], values: bias.map((value, i) => value * scale[i]! + shift[i]!) };
  if (shifted === 'bias') layer.config.use_bias = true;
}

function isUniform({ scale, shift }: Affine): boolean {
  return scale.every((value) => value === scale[0]) && shift.every((value) => value === shift[0]);
}

/** A layer without weights. */
function addRescaling(context: NodeContext, image: Maps | Vector, { scale, shift }: Affine): string {
  return context.plan.add(context.node, {
    kind: 'Rescaling',
    config: { scale: scale[0]!, offset: shift[0]! },
    inputs: [image.layer],
  });
}

/** A depthwise 1×1 convolution. */
function addDepthwise(context: NodeContext, image: Maps | Vector, { scale, shift }: Affine): string {
  if (image.kind !== 'maps') throw context.refusal('it scales or shifts numbers that no layer before it can take in');
  const count = scale.length;
  return context.plan.add(context.node, {
    kind: 'DepthwiseConv2D',
    config: { kernel_size: [1, 1], depth_multiplier: 1, use_bias: true },
    inputs: [image.layer],
    weights: {
      depthwise_kernel: { shape: [1, 1, count, 1], values: Float32Array.from(scale) },
      bias: { shape: [count], values: Float32Array.from(shift) },
    },
    repairs: ['scales and shifts every channel by a 1×1 depthwise convolution'],
  });
}
