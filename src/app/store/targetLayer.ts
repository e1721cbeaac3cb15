import { LabError } from '../../foundation/labError';
import type { ModelSummary } from '../../model/modelSummary';
import type { RunConfig } from '../../recipe/runConfig';

/**
 * The layer that is scored and pruned: the one chosen, or else the model's last prunable convolution.
 * @throws LabError `layer-not-found` when the model has none
 */
export function targetLayer(model: ModelSummary, run: Pick<RunConfig, 'layer'>): string {
  const layer = chosenLayer(model, run);
  if (layer !== null) return layer;
  throw new LabError({
    code: 'layer-not-found',
    message: `${model.name} has no layer whose channels can be pruned.`,
    hint: 'Choose another model in the step Model.',
  });
}

/** As {@link targetLayer}, null instead of an error. A chosen layer that this model does not have is passed over. */
export function chosenLayer(model: ModelSummary, { layer }: Pick<RunConfig, 'layer'>): string | null {
  const isThere = layer !== null && model.layers.some(({ name, prunable }) => name === layer && prunable);
  return isThere ? layer : model.defaultLayer;
}
