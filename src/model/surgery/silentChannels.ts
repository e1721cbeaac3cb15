import type { LabModel } from '../labModel';
import { findLayer } from '../network/findLayer';
import { channelMaker } from '../network/pruningObstacle';

/** The channels of a layer that masks hold at zero, as positions in the layer as it is now. @throws LabError `layer-not-found` */
export function silentChannels({ network, silenced = [] }: LabModel, layer: string): Set<number> {
  const maker = channelMaker(findLayer(network, layer));
  const own = silenced.filter((slices) => slices.layer === layer && slices.weight === maker?.kernel);
  return new Set(own.filter(({ axis }) => axis === maker?.axis).flatMap(({ positions }) => positions));
}
