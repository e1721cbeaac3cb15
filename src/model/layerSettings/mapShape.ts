import { isObject } from '../files/findModelJson';
import { outputShapeOf } from './outputShape';
import type { PlacedLayer } from './placeChain';
import type { LayerCall } from './readCalls';

type Shape = (number | null)[];

/**
 * The shape of what a layer reads, without the batch; empty where it cannot be told.
 *
 * @param call null in a sequence
 * @param before the layers before it
 * @param config its own settings, which say the shape when it is the first of a sequence
 */
export function mapShape(
  call: LayerCall | null,
  before: readonly PlacedLayer[],
  config: Record<string, unknown>,
): number[] {
  const shape = call ? shapeOfCall(call, before) : (lastShape(before) ?? ownShape(config));
  return shape?.slice(1).map((side) => side ?? 0) ?? [];
}

function ownShape({ batch_shape, batch_input_shape }: Record<string, unknown>): Shape | null {
  const shape = batch_shape ?? batch_input_shape;
  return Array.isArray(shape) ? (shape as Shape) : null;
}

function lastShape(before: readonly PlacedLayer[]): Shape | null {
  const last = before.at(-1);
  return last ? shapeOf(last.described, before.slice(0, -1)) : null;
}

function shapeOfCall({ inputs }: LayerCall, before: readonly PlacedLayer[]): Shape | null {
  const tensor = inputs.find((input) => 'tensor' in input);
  return tensor && 'tensor' in tensor ? shapeOfNamed(tensor.tensor[0], before) : null;
}

/** The output of a layer of the file: that of the last layer of its chain. */
function shapeOfNamed(name: string, placed: readonly PlacedLayer[]): Shape | null {
  const index = placed.findLastIndex((layer) => layer.origin === name || layer.name === name);
  return index < 0 ? null : shapeOf(placed[index]!.described, placed.slice(0, index));
}

/** What was found out: where branches meet again and again, every layer is looked at once. */
const known = new WeakMap<object, { shape: Shape | null }>();

/** The output of a settled layer, from what stands before it. */
function shapeOf(described: Record<string, unknown>, before: readonly PlacedLayer[]): Shape | null {
  const found = known.get(described) ?? { shape: inferShape(described, before) };
  known.set(described, found);
  return found.shape;
}

function inferShape(described: Record<string, unknown>, before: readonly PlacedLayer[]): Shape | null {
  const { class_name: kind, config, inbound_nodes: nodes } = described;
  if (!isObject(config)) return null;
  if (Array.isArray(config.layers)) return networkShape(config);
  if (kind === 'InputLayer') return ownShape(config);
  const inputs = Array.isArray(nodes)
    ? ((nodes[0] ?? []) as [string][]).map(([source]) => shapeOfNamed(source, before))
    : [before.length > 0 ? lastShape(before) : ownShape(config)];
  if (inputs.length === 0 || inputs.includes(null)) return null;
  try {
    return outputShapeOf(String(kind), config, inputs as Shape[]);
  } catch {
    // The network cannot be built either, and says so when it is tried.
    return null;
  }
}

/** The output of a network inside, as its own inputs say. */
function networkShape({ layers, output_layers: outputs }: Record<string, unknown>): Shape | null {
  const placed = (layers as Record<string, unknown>[]).map((described): PlacedLayer => {
    const name = String((described.config as { name?: unknown }).name);
    return { described, name, origin: name };
  });
  const output = Array.isArray(outputs) ? (outputs[0] as [string] | undefined)?.[0] : undefined;
  return output === undefined ? lastShape(placed) : shapeOfNamed(output, placed);
}
