import { stack } from '@tensorflow/tfjs-core';
import { model as functionalModel, type LayersModel, type layers, Sequential } from '@tensorflow/tfjs-layers';
import type { LabModel, SilencedSlices } from '../../model/labModel';
import { isHeldAtZero, makeWeightMask, type WeightMask } from '../../model/masks/weightMask';
import { disposeNetwork } from '../../model/network/disposeNetwork';
import { GroupBatchNormalization } from '../../model/network/groupBatchNormalization';
import { groupInputName } from '../../model/network/groupInput';
import { type LayerGraph, layerGraph } from '../../model/network/layerGraph';
import { outputShapeOf } from '../../model/network/layerOptions';
import { sizeOf } from '../../model/network/layerWeights';
import { type NetworkConfig, readNetworkConfig, rebuildNetwork } from '../../model/network/networkConfig';
import type { AdaptFor } from '../method';

const stockKind = 'BatchNormalization';

/** The BatchNorms of maps in a network, in its order. */
export function batchNormsOf(network: LayersModel): layers.Layer[] {
  return network.layers.filter((layer) => isBatchNorm(layer) && outputShapeOf(layer).length === 4);
}

const isBatchNorm = (layer: layers.Layer) => layer.getClassName() === stockKind;

/**
 * The model with BatchNorms of each group's own in place of some, each starting as the one that it replaces, and the group as a second
 * input. The network given is freed.
 */
export function adaptBatchNorms(
  model: LabModel,
  { which }: { which: 'paper' | 'release' },
  { groupNames, attribute }: Pick<AdaptFor, 'groupNames' | 'attribute'>,
): LabModel {
  const { network } = model;
  const replaced = new Set(chooseBatchNorms(network, which).map(({ name }) => name));
  const source = network instanceof Sequential ? functionalOf(network) : network;
  const config = readNetworkConfig(source);
  addGroupInput(config);
  giveGroups(config, replaced, groupNames.length);
  const adapted = rebuildNetwork(source, config, (layer, _weight, value) =>
    replaced.has(layer) ? stack(groupNames.map(() => value)) : value,
  );
  disposeNetwork(network);
  return {
    ...model,
    network: adapted,
    groupInput: { attribute, names: [...groupNames] },
    ...heldZeros(model, replaced, groupNames.length),
  };
}

/** What is held at zero in a BatchNorm that is replaced is so for every group. */
function heldZeros({ silenced, weightMasks }: LabModel, replaced: ReadonlySet<string>, groupCount: number) {
  const slicesAfter = (slices: SilencedSlices) =>
    replaced.has(slices.layer) ? { ...slices, axis: slices.axis + 1 } : slices;
  const maskAfter = (mask: WeightMask) =>
    replaced.has(mask.layer)
      ? makeWeightMask({ ...mask, shape: [groupCount, ...mask.shape] }, (position) =>
          isHeldAtZero(mask, position % sizeOf(mask.shape)),
        )
      : mask;
  return {
    ...(silenced && { silenced: silenced.map(slicesAfter) }),
    ...(weightMasks && { weightMasks: weightMasks.map(maskAfter) }),
  };
}

/** A sequence as a network of named connections, which can have a second input. It shares the layers. */
function functionalOf({ name, inputs, outputs }: LayersModel): LayersModel {
  return functionalModel({ name, inputs, outputs });
}

function addGroupInput(config: NetworkConfig): void {
  const name = groupInputName;
  config.layers.push({
    className: 'InputLayer',
    name,
    config: { name, batchInputShape: [null, 1], dtype: 'int32', sparse: false },
    inboundNodes: [],
  });
  config.inputLayers!.push([name, 0, 0]);
}

function giveGroups(config: NetworkConfig, replaced: ReadonlySet<string>, groupCount: number): void {
  for (const layer of config.layers) {
    if (!replaced.has(layer.config.name)) continue;
    const { name, trainable, momentum, epsilon, center, scale } = layer.config;
    layer.className = GroupBatchNormalization.className;
    layer.config = { name, trainable, dtype: 'float32', groupCount, momentum, epsilon, center, scale };
    for (const node of layer.inboundNodes!) node.push([groupInputName, 0, 0, {}]);
  }
}

/** The BatchNorms that each group gets for itself: never the first of the network. */
function chooseBatchNorms(network: LayersModel, which: 'paper' | 'release'): layers.Layer[] {
  const behindFirst = batchNormsOf(network).slice(1);
  if (which === 'paper') return behindFirst;
  const shared = sharedInBlocks(network);
  return behindFirst.filter((layer) => !shared.has(layer));
}

/** In each branch of a residual block the second BatchNorm, and the only one of a shortcut. */
function sharedInBlocks(network: LayersModel): Set<layers.Layer> {
  const graph = layerGraph(network);
  const shared = new Set<layers.Layer>();
  for (const join of network.layers.filter((layer) => layer.getClassName() === 'Add')) {
    for (const end of graph.sourcesOf(join)) {
      const branch = batchNormsOfBranch(end, graph);
      const one = branch.length === 1 ? branch[0] : branch[1];
      if (one) shared.add(one);
    }
  }
  return shared;
}

/** The BatchNorms of a branch, from where it leaves the block's input. */
function batchNormsOfBranch(end: layers.Layer, graph: LayerGraph): layers.Layer[] {
  const found: layers.Layer[] = [];
  for (let layer: layers.Layer | undefined = end; layer; ) {
    const sources = graph.sourcesOf(layer);
    if (graph.readersOf(layer).length > 1 || sources.length > 1) break;
    if (isBatchNorm(layer)) found.unshift(layer);
    layer = sources[0];
  }
  return found;
}
