import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import type { PrunedLayer, PruningMode, WeightEdit } from '../labModel';
import type { ChannelSlices } from '../network/channelLinks';
import { findLayer } from '../network/findLayer';
import type { ShapeOf } from '../network/layerCost';
import { layerWeights } from '../network/layerWeights';
import { channelMaker } from '../network/pruningObstacle';
import type { Removal } from '../network/traceRemoval';

/** Slices of a layer's weight that belong to channels that go. */
export interface TouchedSlices extends ChannelSlices {
  layer: layers.Layer;
  gone: ReadonlySet<number>;
}

/** The weights that lose slices when channels are removed, in the order of the network. */
export function removalEdits(network: LayersModel, removal: Removal): WeightEdit[] {
  return withShapes(touchedSlices(network, removal), (shape, axis, kept) => shape.with(axis, kept));
}

/** The weights that have slices zeroed when channels are only silenced. */
export function maskEdits(
  chosen: PrunedLayer[],
  removal: Removal,
  network: LayersModel,
  mode: PruningMode,
): WeightEdit[] {
  const slices = chosen.flatMap(({ layer: name }) => {
    const layer = findLayer(network, name);
    const own = slicesThatSilence(layer, removal);
    const { kernel } = channelMaker(layer)!;
    return mode === 'kernel-mask' ? own.filter(({ weight }) => weight === kernel) : [...own, ...behind(layer, removal)];
  });
  return withShapes(slices, (shape) => shape);
}

/** Every slice that a removal touches. */
export function touchedSlices(network: LayersModel, { gone, graph, linksOf }: Removal): TouchedSlices[] {
  return network.layers.flatMap((layer) => {
    const incoming = graph.sourcesOf(layer).flatMap((source) => gone.get(source) ?? [])[0];
    const outgoing = gone.get(layer);
    if (!incoming && !outgoing) return [];
    return linksOf(layer).slices.flatMap((slices) => {
      const lost = slices.side === 'input' ? incoming : outgoing;
      return lost ? [{ ...slices, layer, gone: lost }] : [];
    });
  });
}

/** The slices of a layer that make its silenced channels sound. */
function slicesThatSilence(layer: layers.Layer, { gone, linksOf }: Removal): TouchedSlices[] {
  return linksOf(layer)
    .slices.filter(({ silences }) => silences)
    .map((slices) => ({ ...slices, layer, gone: gone.get(layer) ?? new Set() }));
}

/** The same for the layers that the channels go through before they are mixed or meet others. */
function behind(layer: layers.Layer, removal: Removal): TouchedSlices[] {
  const { graph, linksOf } = removal;
  return graph
    .readersOf(layer)
    .filter((reader) => linksOf(reader).links?.length === 1)
    .flatMap((reader) => [...slicesThatSilence(reader, removal), ...behind(reader, removal)]);
}

function withShapes(
  touched: TouchedSlices[],
  shapeAfter: (shape: number[], axis: number, kept: number) => number[],
): WeightEdit[] {
  // A weight may lose slices along two axes, one after the other.
  const shapes = new Map<string, number[]>();
  return touched.map(({ layer, weight, axis, channels, gone }) => {
    const key = `${layer.name}/${weight}`;
    const shapeBefore = shapes.get(key) ?? layerWeights(layer).find(({ name }) => name === weight)!.shape;
    const keep = [...channels.keys()].filter((position) => !gone.has(channels[position]!));
    const after = shapeAfter(shapeBefore, axis, keep.length);
    shapes.set(key, after);
    return { layer: layer.name, weight, axis, keep, shapeBefore, shapeAfter: after };
  });
}

/** The shapes that weights have after the edits. */
export function shapesAfter(edits: WeightEdit[]): ShapeOf {
  return (layer, weight, shape) =>
    edits.findLast((edit) => edit.layer === layer && edit.weight === weight)?.shapeAfter ?? shape;
}
