import {
  add,
  addN,
  div,
  minimum,
  mul,
  type NamedTensorMap,
  type Scalar,
  sqrt,
  square,
  sum,
  tidy,
} from '@tensorflow/tfjs-core';

/**
 * Shortens gradients so that the Euclidean norm of all of them together is at most `maxNorm`.
 *
 * @param gradients by name; left as they are, for the caller to dispose
 * @returns new tensors by the same names: gradient · min(1, maxNorm / (norm + 1e-6))
 * @source PyTorch `torch.nn.utils.clip_grad_norm_`
 */
export function clipGradients(gradients: NamedTensorMap, maxNorm: number): NamedTensorMap {
  return tidy(() => {
    const squares = Object.values(gradients).map((gradient) => sum<Scalar>(square(gradient)));
    const norm = sqrt(addN(squares));
    const factor = minimum(div(maxNorm, add(norm, 1e-6)), 1);
    return Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, mul(gradient, factor)]));
  });
}
