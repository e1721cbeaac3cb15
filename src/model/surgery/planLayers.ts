import type { layers } from '@tensorflow/tfjs-layers';
import {
  isRemoving,
  type LabModel,
  type LayerChange,
  type PrunedLayer,
  type PruningMode,
  type SelectionLayer,
  type WeightEdit,
} from '../labModel';
import { layerCost } from '../network/layerCost';
import { outputShapeOf } from '../network/layerOptions';
import type { Removal } from '../network/traceRemoval';
import { shapesAfter } from './planEdits';
import { selectionCost } from './planSelections';

interface Planned {
  mode: PruningMode;
  chosen: PrunedLayer[];
  removal: Removal;
  selections: SelectionLayer[];
  edits: WeightEdit[];
}

/** What becomes of every layer that the channels reach, in the order of the network. */
export function planLayers({ network }: LabModel, planned: Planned): LayerChange[] {
  const { removal, selections, edits, mode } = planned;
  const edited = new Set(edits.map(({ layer }) => layer));
  const isReached = (layer: layers.Layer) =>
    isRemoving(mode)
      ? removal.gone.has(layer) || removal.graph.sourcesOf(layer).some((source) => removal.gone.has(source))
      : edited.has(layer.name);
  const changes = network.layers.filter(isReached).map((layer) => planLayer(layer, planned));
  for (const selection of selections) {
    const change = selectionChange(network, selection, changes);
    const at = changes.findIndex(({ layer }) => layer === selection.join);
    changes[at]!.readsFrom.push(selection.layer);
    changes.splice(at, 0, change);
  }
  return changes;
}

function planLayer(layer: layers.Layer, { mode, chosen, removal, edits }: Planned): LayerChange {
  const { gone, graph, linksOf } = removal;
  const lost = isRemoving(mode) ? (gone.get(layer)?.size ?? 0) : 0;
  const channelsBefore = outputShapeOf(layer).at(-1)!;
  const before = layerCost(layer);
  const after = layerCost(layer, shapesAfter(edits));
  const role = () => {
    if (chosen.some((target) => target.layer === layer.name)) return 'target';
    if (linksOf(layer).links === null) return gone.has(layer) ? 'coupled' : 'reads';
    return edits.some((edit) => edit.layer === layer.name) ? 'follows' : 'carries';
  };
  return {
    layer: layer.name,
    kind: layer.getClassName(),
    role: role(),
    readsFrom: [...new Set(graph.sourcesOf(layer).filter((source) => gone.has(source)))].map(({ name }) => name),
    channelsBefore,
    channelsAfter: channelsBefore - lost,
    parametersBefore: before.parameters,
    parametersAfter: after.parameters,
    macsBefore: before.macs,
    macsAfter: after.macs,
  };
}

function selectionChange(network: LabModel['network'], selection: SelectionLayer, changes: LayerChange[]): LayerChange {
  const { parameters, macs } = selectionCost(network, selection);
  return {
    layer: selection.layer,
    kind: selection.kind,
    role: 'selects',
    readsFrom: changes.some(({ layer }) => layer === selection.source) ? [selection.source] : [],
    channelsBefore: selection.channelsIn,
    channelsAfter: selection.keep.length,
    parametersBefore: 0,
    parametersAfter: parameters,
    macsBefore: 0,
    macsAfter: macs,
  };
}
