import { orderCalls } from '../network/orderCalls';
import type { DescribedNetwork } from './describedNetwork';
import { modelUnreadable } from './modelUnreadable';

/**
 * Lists the calls of every layer, also of networks inside, so that tfjs takes each reference for the call that is meant.
 *
 * @throws LabError `model-unreadable` naming a layer whose call can never be made: tfjs would put it off for ever
 */
export function orderNetworkCalls(path: string, network: DescribedNetwork): DescribedNetwork {
  const inside = network.layers.map((layer) =>
    layer.network ? { ...layer, network: orderNetworkCalls(path, layer.network) } : layer,
  );
  if (network.isSequential) return { ...network, layers: inside };
  const { layers, outputs, stuck } = orderCalls(inside, network.outputs);
  if (!stuck) return { ...network, layers, outputs };
  const missing = stuck.reads.find(([name]) => !inside.some((layer) => layer.name === name));
  const why = missing ? `reads "${missing[0]}", which is not there` : 'reads what can only come after it';
  throw modelUnreadable(
    path,
    `the layer "${stuck.layer}" ${why}`,
    'The description may be damaged. Export the network again.',
  );
}
