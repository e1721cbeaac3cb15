import type { PruningPlan, SelectionLayer } from '../labModel';
import type { LayerConfig, NetworkConfig } from '../network/networkConfig';

/** The setting of each kind of layer that says how many channels it makes. */
const channelSettings: Record<string, string> = {
  Conv2D: 'filters',
  Conv2DTranspose: 'filters',
  SeparableConv2D: 'filters',
  Dense: 'units',
};

/** Rewrites a network's description in place, so that it has the channels and the selections that a plan asks for. */
export function editConfig(config: NetworkConfig, plan: PruningPlan): void {
  for (const { layer: name, channelsBefore, channelsAfter } of plan.layers) {
    const layer = config.layers.find((candidate) => candidate.config.name === name);
    if (!layer || channelsBefore === channelsAfter) continue;
    const setting = channelSettings[layer.className];
    if (setting) layer.config[setting] = channelsAfter;
    if (layer.className === 'Reshape') narrowReshape(layer, channelsAfter);
  }
  for (const selection of plan.selections) insertSelection(config, selection);
}

function narrowReshape({ config }: LayerConfig, channels: number): void {
  const shape = config.targetShape as (number | null)[];
  // An open last side works itself out.
  if ((shape.at(-1) ?? -1) > 0) config.targetShape = shape.with(-1, channels);
}

function insertSelection(config: NetworkConfig, { layer: name, kind, join, operand, keep }: SelectionLayer): void {
  const at = config.layers.findIndex((candidate) => candidate.config.name === join);
  const node = config.layers[at]!.inboundNodes![0]!;
  const [source, nodeIndex, tensorIndex] = node[operand]!;
  const size = kind === 'Conv2D' ? { filters: keep.length, kernelSize: [1, 1] } : { units: keep.length };
  config.layers.splice(at, 0, {
    className: kind,
    name,
    config: { name, ...size, useBias: false, trainable: false },
    inboundNodes: [[[source, nodeIndex, tensorIndex, {}]]],
  });
  node[operand] = [name, 0, 0, {}];
}
