import type { Maps } from './onnxValue';
import type { NodeContext } from './translation';

/** How a convolution or pooling slides over maps; [height, width] each. */
export interface SlidingWindow {
  kernel: [number, number];
  strides: [number, number];
  dilations: [number, number];
  /** Pixels added before and after each axis. */
  pads: [Side, Side];
  /** Pixels that rounding up adds after each axis: windows that reach beyond the padding. */
  overhang: [number, number];
  /** Sides of what comes out. */
  output: [number, number];
}

export type Side = [before: number, after: number];

/** Reads `strides`, `dilations`, `pads`, `auto_pad` and `ceil_mode` for maps of known sides. */
export function readWindow(context: NodeContext, maps: Maps, kernel: number[]): SlidingWindow {
  const pair = (name: string): [number, number] => {
    const [height = 1, width = 1] = context.numbers(name) ?? [];
    if (Number.isInteger(height) && height > 0 && Number.isInteger(width) && width > 0) return [height, width];
    throw context.refusal(`its ${name} are ${height} and ${width}`);
  };
  const [strides, dilations] = [pair('strides'), pair('dilations')];
  const sides = [maps.height, maps.width] as const;
  const roundUp = context.number('ceil_mode', 0) === 1;
  const axes = sides.map((side, axis) => {
    const reach = (kernel[axis]! - 1) * dilations[axis]! + 1;
    const stride = strides[axis]!;
    const [before, after] = readPads(context, axis, { side, reach, stride });
    const free = side + before + after - reach;
    let steps = Math.floor(free / stride);
    // A last window that would begin beyond the image and the padding before it is left out.
    if (roundUp && free % stride > 0 && (steps + 1) * stride < side + before) steps++;
    if (!(steps >= 0)) throw context.refusal(`its window of ${reach} pixels is larger than its maps of ${side}`);
    return { pads: [before, after] as Side, overhang: Math.max(0, steps * stride - free), output: steps + 1 };
  });
  const [vertical, horizontal] = axes as [(typeof axes)[0], (typeof axes)[0]];
  return {
    kernel: kernel as [number, number],
    strides,
    dilations,
    pads: [vertical.pads, horizontal.pads],
    overhang: [vertical.overhang, horizontal.overhang],
    output: [vertical.output, horizontal.output],
  };
}

function readPads(context: NodeContext, axis: number, window: { side: number; reach: number; stride: number }): Side {
  const kind = context.text('auto_pad', 'NOTSET');
  if (kind === 'SAME_UPPER' || kind === 'SAME_LOWER') {
    const [less, more] = samePads(window);
    return kind === 'SAME_UPPER' ? [less, more] : [more, less];
  }
  if (kind !== 'NOTSET' && kind !== 'VALID') throw context.refusal(`its auto_pad is "${kind}"`);
  const pads = kind === 'VALID' ? null : context.numbers('pads');
  const [before = 0, after = 0] = pads ? [pads[axis], pads[axis + 2]] : [];
  if (before >= 0 && after >= 0) return [before, after];
  throw context.refusal(`its pads are ${before} and ${after}`);
}

/** What the padding `same` adds before and after an axis. */
export function samePads({ side, reach, stride }: { side: number; reach: number; stride: number }): Side {
  const total = Math.max(0, (Math.ceil(side / stride) - 1) * stride + reach - side);
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

/** True when the padding `same`, with the strides given, adds just what the window asks for. */
export function isSame(maps: Maps, window: SlidingWindow, strides: [number, number]): boolean {
  return ([maps.height, maps.width] as const).every((side, axis) => {
    const reach = (window.kernel[axis]! - 1) * window.dilations[axis]! + 1;
    const [before, after] = samePads({ side, reach, stride: strides[axis]! });
    const [due, dueAfter] = window.pads[axis]!;
    // What rounding up adds lies after the axis, where `same` adds it too.
    return before === due && after === dueAfter + window.overhang[axis]!;
  });
}

/** True when nothing is added round the maps. */
export function isUnpadded({ pads, overhang }: SlidingWindow): boolean {
  return [...pads.flat(), ...overhang].every((pixels) => pixels === 0);
}

/** Adds zeros round maps as a layer of its own. */
export function addZeros(context: NodeContext, maps: Maps, [vertical, horizontal]: [Side, Side], name?: string): Maps {
  const layer = context.plan.add(context.node, {
    kind: 'ZeroPadding2D',
    config: { padding: [vertical, horizontal] },
    inputs: [maps.layer],
    name,
    part: 'pad',
  });
  return {
    ...maps,
    layer,
    height: maps.height + vertical[0] + vertical[1],
    width: maps.width + horizontal[0] + horizontal[1],
  };
}
