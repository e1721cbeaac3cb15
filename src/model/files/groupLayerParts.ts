import { groupInputName } from '../network/groupInput';

/**
 * How a BatchNorm of each group's own is written in standard layers, so that plain tfjs loads the network: a BatchNorm for every
 * group, of which only the one of the sample's group is let through.
 *
 *     y = Σ over groups g of mask_g · BatchNorm_g(x),   mask_g = 1 where the sample is of group g, else 0
 *
 * The masks are made once for the network. A sum of one number and zeros is that number to the bit.
 */
export const partNames = {
  norm: (layer: string, group: number) => `${layer}.group${group}`,
  chosen: (layer: string, group: number) => `${layer}.group${group}.chosen`,
  isOfGroup: (group: number) => `${groupInputName}.is${group}`,
  mask: (group: number) => `${groupInputName}.mask${group}`,
};

/** A layer as `model.json` has it. */
export interface WrittenLayer {
  class_name: string;
  name: string;
  config: Record<string, unknown> & { name: string };
  inbound_nodes: unknown[];
}

/** 1 for one group, 0 for the others: the weights of what `isOfGroup` names, [groups, 1]. */
export function maskWeights(group: number, groupCount: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: groupCount }, (_, index) => (index === group ? 1 : 0));
}

export const groupsOf = (count: number): number[] => Array.from({ length: count }, (_, group) => group);
