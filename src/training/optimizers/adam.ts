import { add, div, mul, sqrt, square, sub, tidy } from '@tensorflow/tfjs-core';
import type { OptimizerSettings } from '../trainSettings';
import type { Optimizer } from './optimizer';
import { Slots } from './slots';

const beta1 = 0.9;
const beta2 = 0.999;
const epsilon = 1e-8;

/**
 * Adam with weight decay λ:
 *
 *     g ← ∇w + λ·w      m ← β₁·m + (1−β₁)·g      v ← β₂·v + (1−β₂)·g²
 *     w ← w − η · (m / (1−β₁ᵗ)) / (√(v / (1−β₂ᵗ)) + ε)
 *
 * β₁ = 0.9, β₂ = 0.999, ε = 1e-8, t counts the steps from 1. AdamW leaves λ out of g and shrinks the weights first:
 * w ← (1 − η·λ)·w.
 * @source PyTorch `torch.optim.Adam` and `AdamW`; Kingma and Ba 2015; Loshchilov and Hutter 2019
 */
export function createAdam(settings: Extract<OptimizerSettings, { name: 'adam' | 'adamw' }>): Optimizer {
  const means = new Slots();
  const squares = new Slots();
  const { weightDecay } = settings;
  const isDecoupled = settings.name === 'adamw';
  let steps = 0;
  return {
    step(weights, gradients, learningRate) {
      steps += 1;
      const stepSize = learningRate / (1 - beta1 ** steps);
      const squareCorrection = Math.sqrt(1 - beta2 ** steps);
      tidy(() => {
        for (const [name, weight] of Object.entries(weights)) {
          const raw = gradients[name]!;
          const gradient = weightDecay === 0 || isDecoupled ? raw : add(raw, mul(weight, weightDecay));
          const kept = isDecoupled && weightDecay !== 0 ? mul(weight, 1 - learningRate * weightDecay) : weight;
          const mean = means.of(weight);
          const meanSquare = squares.of(weight);
          mean.assign(add(mul(mean, beta1), mul(gradient, 1 - beta1)));
          meanSquare.assign(add(mul(meanSquare, beta2), mul(square(gradient), 1 - beta2)));
          const scale = add(div(sqrt(meanSquare), squareCorrection), epsilon);
          weight.assign(sub(kept, mul(div(mean, scale), stepSize)));
        }
      });
    },
    async state(weights) {
      const variables = Object.values(weights);
      return { steps, slots: { means: await means.read(variables), squares: await squares.read(variables) } };
    },
    restore(weights, state) {
      const variables = Object.values(weights);
      steps = state.steps;
      means.write(variables, state.slots.means ?? []);
      squares.write(variables, state.slots.squares ?? []);
    },
    dispose() {
      means.dispose();
      squares.dispose();
    },
  };
}
