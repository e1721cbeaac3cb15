import { readSlices } from './foldConstants';
import { dimsOf, type Maps, type OnnxValue, sideOf, type Vector } from './onnxValue';
import { takeEvery } from './poolOperators';
import { selectChannels } from './selectChannels';
import { addZeros, type Side } from './slidingWindow';
import { type NodeContext, positiveAxis } from './translation';

/** Pad with zeros: of height and width, or of channels. */
export function pad(context: NodeContext): Maps {
  const maps = onlyMaps(context);
  const rank = 4;
  const mode = context.text('mode', 'constant');
  const value = context.optional(2)?.values[0] ?? 0;
  if (mode !== 'constant' || value !== 0) throw context.refusal(`it pads with ${mode === 'constant' ? value : mode}`);
  const pads = [...context.constant(1).values];
  const axes = [...(context.optional(3)?.values ?? [0, 1, 2, 3])].map((axis) => positiveAxis(axis, rank));
  const sides: Record<string, Side> = { b: [0, 0], c: [0, 0], h: [0, 0], w: [0, 0] };
  for (const [i, axis] of axes.entries()) {
    const side: Side = [pads[i] ?? Number.NaN, pads[i + axes.length] ?? Number.NaN];
    if (!side.every((pixels) => Number.isInteger(pixels) && pixels >= 0))
      throw context.refusal(`its pads are ${side.join(' and ')}`);
    sides[maps.order[axis] ?? ''] = side;
  }
  if (sides.b!.some((count) => count > 0)) throw context.refusal('it adds images to the batch');
  const isWide = [...sides.h!, ...sides.w!].some((pixels) => pixels > 0);
  const wide = isWide ? addZeros(context, maps, [sides.h!, sides.w!]) : maps;
  const [before, after] = sides.c!;
  if (before + after === 0) return wide;
  if (before + after > 2 ** 16) throw context.refusal(`it adds ${before + after} channels`);
  const sources = Array.from({ length: before + maps.channels + after }, (_, i) => i - before);
  return selectChannels(
    context,
    wide,
    sources.map((source) => (source < maps.channels ? source : -1)),
  );
}

/** Slice of what depends on the image: rows, columns or channels, in steps. */
export function slice(context: NodeContext): Maps | Vector {
  const image = context.image(0);
  return readSlices(context, dimsOf(image)).reduce(
    (sliced, { axis, indices }) => take(context, sliced, axis, indices),
    image,
  );
}

/** Split along the channels. */
export function split(context: NodeContext): OnnxValue[] {
  const image = context.image(0);
  const axis = positiveAxis(context.number('axis', 0), dimsOf(image).length);
  const side = dimsOf(image)[axis] ?? 0;
  const count = context.node.outputs.length;
  const given = context.numbersOrInput('split', 1);
  const sizes =
    given ??
    Array.from({ length: count }, (_, i) => Math.min(Math.ceil(side / count), side - i * Math.ceil(side / count)));
  let from = 0;
  return sizes.map((size) => {
    const indices = Array.from({ length: size }, (_, i) => from + i);
    from += size;
    return take(context, image, axis, indices);
  });
}

/** Gather of channels by constant numbers. */
export function gather(context: NodeContext): Maps | Vector {
  const image = context.image(0);
  const indices = context.constant(1);
  const axis = positiveAxis(context.number('axis', 0), dimsOf(image).length);
  if (indices.dims.length !== 1) throw context.refusal('it takes an axis away from what depends on the image');
  const side = dimsOf(image)[axis] ?? 0;
  return take(
    context,
    image,
    axis,
    [...indices.values].map((index) => positiveAxis(index, side)),
  );
}

/** The places of an axis that are listed, in their order. */
function take(context: NodeContext, image: Maps | Vector, axis: number, indices: number[]): Maps | Vector {
  const side = dimsOf(image)[axis] ?? Number.NaN;
  if (indices.length === side && indices.every((index, i) => index === i)) return image;
  const letter = image.kind === 'maps' ? image.order[axis] : null;
  const isInside = indices.length > 0 && indices.every((index) => index >= 0 && index < side);
  if (image.kind !== 'maps' || !isInside || letter === 'b')
    throw context.refusal(`it takes ${indices.length} of ${side}`);
  const part = context.node.outputs.length > 1 ? String(indices[0]) : undefined;
  return letter === 'c'
    ? selectChannels(context, image, indices, { part })
    : takePixels(context, image, letter === 'h', indices, part);
}

/** Cuts rows or columns off, then takes every n-th. */
function takePixels(context: NodeContext, maps: Maps, isVertical: boolean, indices: number[], part?: string): Maps {
  const [first = 0, second = first + 1] = indices;
  const step = second - first;
  if (step < 1 || indices.some((index, i) => index !== first + i * step))
    throw context.refusal('it takes pixels without a fixed step');
  const last = indices.at(-1)!;
  const cut: Side = [first, sideOf(maps, isVertical ? 'h' : 'w') - last - 1];
  const left = last - first + 1;
  const cropped =
    cut[0] + cut[1] === 0
      ? maps
      : {
          ...maps,
          layer: context.plan.add(context.node, {
            kind: 'Cropping2D',
            config: { cropping: isVertical ? [cut, [0, 0]] : [[0, 0], cut] },
            inputs: [maps.layer],
            part: step > 1 ? 'crop' : part,
          }),
          ...(isVertical ? { height: left } : { width: left }),
        };
  return step === 1 ? cropped : takeEvery(context, cropped, isVertical ? [step, 1] : [1, step], { part });
}

/** Resize by whole factors where UpSampling2D gives the same numbers. */
export function resize(context: NodeContext): Maps {
  const maps = onlyMaps(context);
  const { opset, input } = context.translation.graph;
  const [batch] = input.dims;
  const mode = context.text('mode', 'nearest');
  const coordinates = context.text('coordinate_transformation_mode', 'half_pixel');
  const rounding = context.text('nearest_mode', 'round_prefer_floor');
  const axes = opset >= 18 ? (context.numbers('axes') ?? [0, 1, 2, 3]) : [0, 1, 2, 3];
  const scales = context.has(2) ? [...context.constant(2).values] : [];
  const sizes = context.has(3) ? [...context.constant(3).values] : [];
  if (sizes.length > 0 && context.text('keep_aspect_ratio_policy', 'stretch') !== 'stretch') {
    throw context.refusal('it keeps the ratio of the sides');
  }
  const dims = dimsOf(maps);
  const factorOf = (letter: string) => {
    const at = axes.map((axis) => maps.order[positiveAxis(axis, 4)]).indexOf(letter);
    const [scale, size] = [scales[at], sizes[at]];
    if (at < 0 || (letter === 'b' && size === batch)) return 1;
    return scale ?? (size === undefined || Number.isNaN(size) ? 1 : size / dims[maps.order.indexOf(letter)]!);
  };
  const size = [factorOf('h'), factorOf('w')] as const;
  const isWhole = size.every((factor) => Number.isInteger(factor) && factor >= 1);
  if (!isWhole || factorOf('c') !== 1 || factorOf('b') !== 1)
    throw context.refusal(`it resizes by ${size.join(' and ')}`);
  const interpolation = mode === 'linear' ? 'bilinear' : 'nearest';
  if (
    mode === 'nearest'
      ? !repeatsPixels(coordinates, rounding, Math.max(...size))
      : mode !== 'linear' || coordinates !== 'asymmetric'
  ) {
    throw context.refusal(`it resizes by ${mode}, ${coordinates}, which UpSampling2D does otherwise`);
  }
  const layer = context.plan.add(context.node, {
    kind: 'UpSampling2D',
    config: { size: [...size], interpolation },
    inputs: [maps.layer],
  });
  return { ...maps, layer, height: maps.height * size[0], width: maps.width * size[1] };
}

/** True when every pixel is repeated `factor` times. */
function repeatsPixels(coordinates: string, rounding: string, factor: number): boolean {
  switch (coordinates) {
    case 'asymmetric':
      return rounding === 'floor' || (rounding === 'round_prefer_floor' && factor <= 2);
    case 'half_pixel':
    case 'pytorch_half_pixel':
      return rounding === 'round_prefer_floor' || rounding === 'round_prefer_ceil';
    case 'tf_half_pixel_for_nn':
      return rounding === 'floor';
    default:
      return false;
  }
}

function onlyMaps(context: NodeContext): Maps {
  const image = context.image(0);
  if (image.kind === 'maps') return image;
  throw context.refusal('it does not work on maps');
}
