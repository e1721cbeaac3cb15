import type { LabModel } from './labModel';

/** Frees the model's weights. It cannot be used afterwards. */
export function disposeModel(model: LabModel): void {
  model.network.dispose();
}
