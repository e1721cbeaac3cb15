import type { LayersModel } from '@tensorflow/tfjs-layers';
import { LabError } from '../../foundation/labError';
import type { LabModel, SelectionLayer } from '../labModel';
import { findLayer } from '../network/findLayer';
import type { LayerCost } from '../network/layerCost';
import { outputShapeOf } from '../network/layerOptions';
import { sizeOf } from '../network/layerWeights';
import { selectionSuffix } from '../network/selection';
import type { ChannelSelection, Removal } from '../network/traceRemoval';

/** The layers to put in before additions, of which some inputs lose channels that others still need. */
export function planSelections({ network }: LabModel, removal: Removal): SelectionLayer[] {
  const taken = new Set(network.layers.map(({ name }) => name));
  return removal.selections.map((selection) => {
    const made = planSelection(selection, removal, (name) => !taken.has(name));
    taken.add(made.layer);
    return made;
  });
}

function planSelection(
  { join, operand, source, gone }: ChannelSelection,
  removal: Removal,
  isFree: (name: string) => boolean,
): SelectionLayer {
  const shape = outputShapeOf(source);
  const lost = removal.gone.get(source);
  const entering = Array.from({ length: shape.at(-1)! }, (_, channel) => channel).filter(
    (channel) => !lost?.has(channel),
  );
  const keep = [...entering.keys()].filter((position) => !gone.has(entering[position]!));
  const names = [`${join.name}${selectionSuffix}`, `${join.name}.${operand}${selectionSuffix}`];
  const name = names.find(isFree);
  if (!name || (shape.length !== 4 && shape.length !== 2)) {
    const reason = `"${join.name}" joins them with those of "${source.name}", from which channels cannot be selected`;
    throw new LabError({
      code: 'layer-not-prunable',
      message: `These channels cannot be removed: ${reason}.`,
      hint: 'Use the mode `stage`, or choose another layer.',
      details: { layer: join.name, reason },
    });
  }
  return {
    layer: name,
    kind: shape.length === 4 ? 'Conv2D' : 'Dense',
    source: source.name,
    join: join.name,
    operand,
    channelsIn: entering.length,
    keep,
  };
}

/** What a selection costs: it is a 1×1 convolution. */
export function selectionCost(network: LayersModel, { source, channelsIn, keep }: SelectionLayer): LayerCost {
  const positions = sizeOf(outputShapeOf(findLayer(network, source)).slice(1, -1));
  const parameters = channelsIn * keep.length;
  return { parameters, macs: parameters * positions };
}
