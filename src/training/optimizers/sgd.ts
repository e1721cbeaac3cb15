import { add, mul, sub, tidy } from '@tensorflow/tfjs-core';
import type { OptimizerSettings } from '../trainSettings';
import type { Optimizer } from './optimizer';
import { Slots } from './slots';

/**
 * Stochastic gradient descent with momentum μ, weight decay λ and optionally Nesterov's step:
 *
 *     g ← ∇w + λ·w      v ← μ·v + g      w ← w − η·(nesterov ? g + μ·v : v)
 *
 * Decoupled, the decay is left out of g and the weights are shrunk first: w ← (1 − η·λ)·w.
 * @source PyTorch `torch.optim.SGD` with dampening 0; decoupled as in Loshchilov and Hutter 2019
 */
export function createSgd(settings: Extract<OptimizerSettings, { name: 'sgd' }>): Optimizer {
  const { momentum, nesterov, weightDecay, decoupled = false } = settings;
  const velocities = new Slots();
  let steps = 0;
  return {
    step(weights, gradients, learningRate) {
      steps += 1;
      tidy(() => {
        for (const [name, weight] of Object.entries(weights)) {
          const raw = gradients[name]!;
          const gradient = weightDecay === 0 || decoupled ? raw : add(raw, mul(weight, weightDecay));
          const kept = decoupled && weightDecay !== 0 ? mul(weight, 1 - learningRate * weightDecay) : weight;
          if (momentum === 0) {
            weight.assign(sub(kept, mul(gradient, learningRate)));
            continue;
          }
          const velocity = velocities.of(weight);
          velocity.assign(add(mul(velocity, momentum), gradient));
          const direction = nesterov ? add(gradient, mul(velocity, momentum)) : velocity;
          weight.assign(sub(kept, mul(direction, learningRate)));
        }
      });
    },
    state: async (weights) => ({ steps, slots: { velocities: await velocities.read(Object.values(weights)) } }),
    restore(weights, state) {
      steps = state.steps;
      velocities.write(Object.values(weights), state.slots.velocities ?? []);
    },
    dispose: () => velocities.dispose(),
  };
}
