import type { ModelId } from '../foundation/ids';
import type { LabModel } from './labModel';
import { readNetworkConfig, rebuildNetwork } from './network/networkConfig';

/** A model of its own with the same weights: training one of the two leaves the other as it was. */
export function copyModel(model: LabModel, newId: ModelId): LabModel {
  return { ...model, id: newId, network: rebuildNetwork(model.network, readNetworkConfig(model.network)) };
}
