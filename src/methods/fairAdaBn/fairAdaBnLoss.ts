import {
  add,
  cast,
  div,
  logSoftmax,
  maximum,
  mul,
  neg,
  oneHot,
  reshape,
  type Scalar,
  softmax,
  square,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { GroupMembers } from '../../model/network/groupMembers';

/** What the parts of the loss need of a batch of n images. */
export interface GroupedBatch {
  /** [n, classes]. */
  logits: Tensor2D;
  /** True class, int32 [n]. */
  labels: Tensor1D;
  /** Group, int32 [n]. */
  groups: Tensor1D;
  classCount: number;
  groupCount: number;
  labelSmoothing: number;
}

/** Σ over the groups of the mean cross-entropy of the group's samples. A group without samples adds nothing. */
export function summedCrossEntropy({ logits, labels, classCount, labelSmoothing, ...grouped }: GroupedBatch): Scalar {
  const hard = cast(oneHot(labels, classCount), 'float32');
  const targets = add(mul(hard, 1 - labelSmoothing), labelSmoothing / classCount);
  const each = neg(sum(mul(targets, logSoftmax(logits)), 1, true));
  return sum(GroupMembers.of(grouped.groups, grouped.groupCount).means(each)) as Scalar;
}

/**
 * Statistical parity difference, soft: Σ over classes of (mean probability in one group − in the other)². With more than two
 * groups it is the mean over all pairs of groups. Pairs with a group without samples are left out; 0 where there is no other.
 */
export function parityDifference({
  logits,
  groups,
  groupCount,
}: Pick<GroupedBatch, 'logits' | 'groups' | 'groupCount'>): Scalar {
  const members = GroupMembers.of(groups, groupCount);
  const means = members.means(softmax(logits));
  const apart = sub(reshape(means, [groupCount, 1, -1]), reshape(means, [1, groupCount, -1]));
  const present = members.present();
  const pairs = mul(present, reshape(present, [1, groupCount]));
  const others = sub(sum(pairs), sum(present));
  return div(sum(mul(sum(square(apart), 2), pairs)), maximum(others, 1)) as Scalar;
}
