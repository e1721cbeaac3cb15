import type { LabModel } from './labModel';
import { disposeNetwork } from './network/disposeNetwork';

/** Frees the model's weights. It cannot be used afterwards. */
export function disposeModel(model: LabModel): void {
  disposeNetwork(model.network);
}
