import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';
import type { CompanionSizes, CompanionSpec } from '../training/trainingPlan';

/**
 * A dense layer that guesses the group, as a companion.
 * @param readsWidth how wide what it reads is
 */
export function groupHead(
  { name, optimizer }: Pick<CompanionSpec, 'name' | 'optimizer'>,
  readsWidth: (sizes: CompanionSizes) => number,
): CompanionSpec {
  return {
    name,
    optimizer,
    build: (sizes, seed) =>
      sequential({
        layers: [
          layers.dense({
            inputShape: [readsWidth(sizes)],
            units: sizes.groupCount,
            kernelInitializer: initializers.glorotUniform({ seed }),
          }),
        ],
      }),
  };
}
