import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LabModel, PruningPlan } from '../../model/labModel';
import { type LayerWeight, layerWeights } from '../../model/network/layerWeights';
import { pruneWeight } from '../../model/surgery/applyPruning';
import type { OptimizerState } from './optimizer';

/**
 * Cuts what an optimiser remembers as a plan cuts the weights, so that training can go on after surgery with the momentum of
 * the channels that stay.
 *
 * @param state of an optimiser that trained all trainable weights of `before`
 * @param after what `applyPruning` made of `before` by this plan
 */
export async function pruneOptimizerState(
  state: OptimizerState,
  { before, after, plan }: { before: LabModel; after: LabModel; plan: PruningPlan },
): Promise<OptimizerState> {
  const positions = new Map(trainable(before).map((weight, index) => [weight.fileName, { weight, index }]));
  const cut = async (slots: Float32Array[]) => {
    if (slots.length === 0) return [];
    return Promise.all(
      trainable(after).map(async ({ layer, name, fileName }) => {
        const { weight, index } = positions.get(fileName)!;
        const kept = tidy(() => pruneWeight(plan, layer, name, tensor(slots[index]!, weight.shape)));
        const values = (await kept.data<'float32'>()).slice();
        kept.dispose();
        return values;
      }),
    );
  };
  const slots = await Promise.all(
    Object.entries(state.slots).map(async ([name, values]) => [name, await cut(values)] as const),
  );
  return { steps: state.steps, slots: Object.fromEntries(slots) };
}

/** The trainable weights in the order in which an optimiser gets them. */
function trainable({ network }: LabModel): (LayerWeight & { layer: string })[] {
  return network.layers.flatMap((layer) => {
    const own = new Set(layer.trainableWeights.map((weight) => weight.originalName));
    return layerWeights(layer)
      .filter(({ fileName }) => own.has(fileName))
      .map((weight) => ({ ...weight, layer: layer.name }));
  });
}
