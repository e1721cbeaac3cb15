import type { LayerReference } from '../network/orderCalls';
import type { DescribedLayer, DescribedNetwork } from './describedNetwork';

/**
 * Leaves out calls whose outputs nothing reads, such as those for an output of a network inside that is not used.
 *
 * @param network without networks inside
 * @returns the rest, and the names of layers of which nothing is left
 */
export function dropUnreadCalls(network: DescribedNetwork): { description: DescribedNetwork; unread: string[] } {
  const layerOf = new Map(network.layers.map((layer) => [layer.name, layer]));
  const isRead = new Set<string>();
  const queue = [...network.outputs];
  for (const [name, call] of queue) {
    if (isRead.has(`${name} ${call}`)) continue;
    isRead.add(`${name} ${call}`);
    queue.push(...(layerOf.get(name)?.calls[call] ?? []));
  }
  const readCalls = ({ name, calls }: DescribedLayer) =>
    [...calls.keys()].filter((call) => isRead.has(`${name} ${call}`));
  const kept = new Map(network.layers.map((layer) => [layer.name, readCalls(layer)]));
  const renumber = ([name, call, ...rest]: LayerReference): LayerReference => [
    name,
    Math.max(0, kept.get(name)!.indexOf(call)),
    ...rest,
  ];
  const layers = network.layers
    .map((layer) => ({ ...layer, calls: kept.get(layer.name)!.map((call) => layer.calls[call]!.map(renumber)) }))
    .filter(({ kind, calls }) => kind === 'InputLayer' || calls.length > 0);
  const left = new Set(layers.map(({ name }) => name));
  return {
    description: { ...network, layers, outputs: network.outputs.map(renumber) },
    unread: [...layerOf.keys()].filter((name) => !left.has(name)),
  };
}
