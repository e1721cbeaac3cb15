import { add, mul, sub, tidy } from '@tensorflow/tfjs-core';
import type { OptimizerSettings } from '../trainSettings';
import type { Optimizer } from './optimizer';
import { Slots } from './slots';

/**
 * Stochastic gradient descent with momentum μ, weight decay λ (added to the gradient) and optionally Nesterov's step:
 *
 *     g ← ∇w + λ·w      v ← μ·v + g      w ← w − η·(nesterov ? g + μ·v : v)
 *
 * @source PyTorch `torch.optim.SGD` with dampening 0
 */
export function createSgd(settings: Extract<OptimizerSettings, { name: 'sgd' }>): Optimizer {
  const { momentum, nesterov, weightDecay } = settings;
  const velocities = new Slots();
  return {
    step(weights, gradients, learningRate) {
      tidy(() => {
        for (const [name, weight] of Object.entries(weights)) {
          const raw = gradients[name]!;
          const gradient = weightDecay === 0 ? raw : add(raw, mul(weight, weightDecay));
          if (momentum === 0) {
            weight.assign(sub(weight, mul(gradient, learningRate)));
            continue;
          }
          const velocity = velocities.of(weight);
          velocity.assign(add(mul(velocity, momentum), gradient));
          const direction = nesterov ? add(gradient, mul(velocity, momentum)) : velocity;
          weight.assign(sub(weight, mul(direction, learningRate)));
        }
      });
    },
    dispose: () => velocities.dispose(),
  };
}
