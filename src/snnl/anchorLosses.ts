import { add, exp, log, softplus, sub, type Tensor2D, zerosLike } from '@tensorflow/tfjs-core';
import type { GroupSimilarities } from './groupSimilarities';
import type { SnnlOptions } from './snnlOptions';

/** Added to the numerator under `epsilon` (authors' code). */
const epsilon = 1e-9;

/**
 * Loss of each anchor of one group.
 *
 * With same = log Σ over its own group and other = log Σ over the rest, Eq. 1 is log(1 + e^(other - same)): a channel
 * that separates the groups gets its exact small loss, not a difference of two large numbers. What else the options
 * put into the numerator (the self pair, epsilon) comes on top.
 *
 * @returns [anchors, channels]; null when the anchors are left out: no partner, and the self pair does not count
 */
export function anchorLosses(
  { same, other, self }: GroupSimilarities,
  { selfInNumerator, logarithm }: Pick<SnnlOptions, 'selfInNumerator' | 'logarithm'>,
): Tensor2D | null {
  const constant = logarithm === 'epsilon' ? epsilon : 0;
  const extra = selfInNumerator ? add(exp(self), constant) : constant;
  if (!same) return selfInNumerator && other ? sub(other, log(extra)) : null;
  const loss: Tensor2D = other ? softplus(sub(other, same)) : zerosLike(same);
  if (extra === 0) return loss;
  return add(loss, sub(same, log(add(exp(same), extra))));
}
