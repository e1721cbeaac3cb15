import type { NewLayer } from './networkPlan';
import { type Maps, sideOf, type Vector } from './onnxValue';
import { addZeros, isSame, isUnpadded, readWindow, type SlidingWindow } from './slidingWindow';
import { type NodeContext, positiveAxis } from './translation';

/**
 * MaxPool. ONNX pads with -∞, as `same` does. Where that pads otherwise, zeros are as good behind values that are not
 * negative; else the window slides pixel by pixel and every n-th place is taken.
 */
export function maxPool(context: NodeContext): Maps {
  if (context.node.outputs.length > 1) throw context.refusal('its places of the largest values are asked for');
  const maps = context.maps(0);
  const window = poolWindow(context, maps);
  if (isUnpadded(window)) return addPool(context, 'MaxPooling2D', maps, window, 'valid');
  if (isSame(maps, window, window.strides)) return addPool(context, 'MaxPooling2D', maps, window, 'same');
  if (maps.isNonNegative) {
    const [vertical, horizontal] = window.pads;
    const [below, beside] = window.overhang;
    const padded = addZeros(context, maps, [
      [vertical[0], vertical[1] + below],
      [horizontal[0], horizontal[1] + beside],
    ]);
    return addPool(context, 'MaxPooling2D', padded, window, 'valid', 'padded with zeros, as no value is below 0');
  }
  return slideThenTake(context, 'MaxPooling2D', maps, window);
}

/** AveragePool, which counts zeros round the maps or leaves them out, as `same` does. */
export function averagePool(context: NodeContext): Maps {
  const maps = context.maps(0);
  const window = poolWindow(context, maps);
  if (isUnpadded(window)) return addPool(context, 'AveragePooling2D', maps, window, 'valid');
  if (context.number('count_include_pad', 0) === 1) {
    if (Math.max(...window.overhang) > 0) throw context.refusal('it counts padding and rounds sides up');
    const padded = addZeros(context, maps, window.pads);
    return addPool(context, 'AveragePooling2D', padded, window, 'valid');
  }
  if (isSame(maps, window, window.strides)) return addPool(context, 'AveragePooling2D', maps, window, 'same');
  return slideThenTake(context, 'AveragePooling2D', maps, window);
}

export function globalPool(kind: 'GlobalAveragePooling2D' | 'GlobalMaxPooling2D') {
  return (context: NodeContext): Vector => poolAll(context, context.maps(0), kind, true);
}

/** ReduceMean and ReduceMax over height and width. */
export function reduceMaps(kind: 'GlobalAveragePooling2D' | 'GlobalMaxPooling2D') {
  return (context: NodeContext): Vector => {
    const maps = context.image(0);
    const axes = context.numbersOrInput('axes', 1)?.map((axis) => positiveAxis(axis, 4));
    const letters =
      maps.kind === 'maps'
        ? axes
            ?.map((axis) => maps.order[axis])
            .toSorted()
            .join('')
        : null;
    if (maps.kind !== 'maps' || letters !== 'hw') {
      throw context.refusal('it does not reduce over height and width, all of them');
    }
    return poolAll(context, maps, kind, context.number('keepdims', 1) === 1);
  };
}

function poolAll(context: NodeContext, maps: Maps, kind: string, keepsSides: boolean): Vector {
  const layer = context.plan.add(context.node, { kind, inputs: [maps.layer] });
  const { channels, order, isNonNegative } = maps;
  const sides = order
    .replace('b', '')
    .split('')
    .map((axis) => (axis === 'c' ? channels : 1));
  return { kind: 'vector', layer, size: channels, dims: keepsSides ? sides : [channels], rows: null, isNonNegative };
}

function poolWindow(context: NodeContext, maps: Maps): SlidingWindow {
  const kernel = context.numbers('kernel_shape') ?? [];
  if (kernel.length !== 2) throw context.refusal(`its window has ${kernel.length} axes, where the lab has 2`);
  const window = readWindow(context, maps, kernel);
  if (Math.max(...window.dilations) > 1) throw context.refusal('its window has dilations');
  return window;
}

function addPool(
  context: NodeContext,
  kind: string,
  maps: Maps,
  { kernel, strides, output: [height, width] }: SlidingWindow,
  padding: 'same' | 'valid',
  repair?: string,
): Maps {
  const layer = context.plan.add(context.node, {
    kind,
    config: { pool_size: kernel, strides, padding },
    inputs: [maps.layer],
    ...(repair && { repairs: [repair] }),
  });
  return { ...maps, layer, height, width };
}

/** The window slides by one pixel with the padding `same`; every n-th place of what comes out is what strides would give. */
function slideThenTake(context: NodeContext, kind: string, maps: Maps, window: SlidingWindow): Maps {
  if (!isSame(maps, { ...window, overhang: [0, 0] }, [1, 1]) || Math.max(...window.overhang) > 0) {
    throw context.refusal(
      `it pads its maps by ${window.pads.flat().join(', ')} pixels, which TensorFlow.js' layers cannot do exactly`,
    );
  }
  const sliding: SlidingWindow = { ...window, strides: [1, 1], output: [maps.height, maps.width] };
  const slid = addPool(context, kind, maps, sliding, 'same', 'slides pixel by pixel, as ONNX pads both sides');
  return takeEvery(context, slid, window.strides, { part: 'strides' });
}

/** Every n-th pixel, from the first on: a pooling of single pixels. */
export function takeEvery(
  context: NodeContext,
  maps: Maps,
  strides: [number, number],
  named: Pick<NewLayer, 'name' | 'part'> = {},
): Maps {
  const layer = context.plan.add(context.node, {
    kind: 'MaxPooling2D',
    config: { pool_size: [1, 1], strides, padding: 'valid' },
    inputs: [maps.layer],
    ...named,
  });
  const [height, width] = (['h', 'w'] as const).map((axis, i) => Math.ceil(sideOf(maps, axis) / strides[i]!));
  return { ...maps, layer, height: height!, width: width! };
}
