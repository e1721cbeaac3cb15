import {
  add,
  cast,
  div,
  exp,
  eye,
  matMul,
  maximum,
  mul,
  neg,
  oneHot,
  reshape,
  type Scalar,
  sqrt,
  square,
  step,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  transpose,
} from '@tensorflow/tfjs-core';
import { detach } from '../../training/detach';

/** Distances below this count as this, as in the released code. */
const leastDistance = 1e-12;
/** The unbiased estimate divides by n − 3. */
const leastSamples = 4;

/**
 * How far features depend on the group within each class: the sum over classes of the unbiased estimate of HSIC between the
 * features and the group.
 *
 *     K = exp(−D / 2σ) of the rows, each divided by its norm; D squared distances, σ their mean, taken as a constant
 *     HSIC = [tr(K̃L̃) + ΣK̃ ΣL̃ / (n−1)(n−2) − 2/(n−2) Σᵢ ΣⱼK̃ᵢⱼ ΣⱼL̃ᵢⱼ] / n(n−3),   ~ = without the diagonal
 *
 * A class with fewer than 4 samples, or with features that are all 0 in a sample, is left out: the released code gives NaN for
 * the second.
 *
 * @param features [n, width]
 * @param labels true class, int32 [n]
 * @param groups int32 [n]
 * @source Song et al. 2012, equation 5; per class as in XuZikang/FairAdaBN's comparison and Fair-Feature-Distillation
 */
export function hsicLoss(
  features: Tensor2D,
  labels: Tensor1D,
  groups: Tensor1D,
  { classCount, groupCount }: { classCount: number; groupCount: number },
): Scalar {
  const n = features.shape[0];
  const members = transpose(cast(oneHot(labels, classCount), 'float32')) as Tensor2D;
  const counts = sum(members, 1);
  const pairs = mul(reshape(members, [classCount, n, 1]), reshape(members, [classCount, 1, n]));
  const others = mul(pairs, sub(1, eye(n)));
  const kernels = [features, cast(oneHot(groups, groupCount), 'float32') as Tensor2D].map((rows) =>
    mul(kernelByClass(rows, pairs, counts), others),
  );
  const [ofFeatures, ofGroups] = kernels as [Tensor, Tensor];
  const size = maximum(counts, leastSamples);
  const total = (kernel: Tensor) => sum(kernel, [1, 2]);
  const trace = total(mul(ofFeatures, ofGroups));
  const means = div(mul(total(ofFeatures), total(ofGroups)), mul(sub(size, 1), sub(size, 2)));
  const rows = div(mul(2, sum(mul(sum(ofFeatures, 2), sum(ofGroups, 2)), 1)), sub(size, 2));
  const byClass = div(sub(add(trace, means), rows), mul(size, sub(size, 3)));
  return sum(mul(byClass, usableClasses(features, members, counts))) as Scalar;
}

/** exp(−D / 2σ) with the mean distance within each class for σ: [classes, n, n]. */
function kernelByClass(rows: Tensor2D, pairs: Tensor, counts: Tensor): Tensor {
  const lengths = sqrt(maximum(sum(square(rows), 1, true), leastDistance ** 2));
  const unit = div(rows, lengths) as Tensor2D;
  const squares = sum(square(unit), 1, true);
  const gram = matMul(unit, unit, false, true);
  const distances = maximum(sub(add(squares, transpose(squares)), mul(2, gram)), leastDistance);
  const means = div(sum(mul(distances, pairs), [1, 2]), maximum(square(counts), 1));
  const bandwidths = reshape(maximum(detach(means), leastDistance), [-1, 1, 1]);
  return exp(neg(div(distances, mul(2, bandwidths))));
}

/** 1 for classes that are counted, 0 for others. By step functions, since tfjs differentiates no comparisons. */
function usableClasses(features: Tensor2D, members: Tensor2D, counts: Tensor): Tensor {
  const isZero = sub(1, step(sum(square(features), 1, true))) as Tensor2D;
  const zeroRows = reshape(matMul(members, isZero), [-1]);
  return mul(step(sub(counts, leastSamples - 0.5)), step(sub(0.5, zeroRows)));
}
