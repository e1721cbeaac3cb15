import {
  cast,
  div,
  matMul,
  maximum,
  mul,
  oneHot,
  reshape,
  split,
  stack,
  step,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Which samples of a batch are of which group. */
export class GroupMembers {
  /** 1 where sample n is of group g, else 0: [n, groups]. */
  readonly table: Tensor2D;

  /** @param group numbers of groups, [n] or [n, 1] */
  static of(group: Tensor, groupCount: number): GroupMembers {
    const numbers = cast(reshape(group, [-1]), 'int32');
    return new GroupMembers(cast(oneHot(numbers, groupCount), 'float32') as Tensor2D);
  }

  constructor(table: Tensor2D) {
    this.table = table;
  }

  /** 1 for groups that have a sample, 0 for others: [groups, 1]. */
  present(): Tensor {
    return reshape(step(sum(this.table, 0)), [-1, 1]);
  }

  /** The row of each sample's group, to be combined with values of the given rank: [n, 1, …, channels]. @param rows [groups, channels] */
  spread(rows: Tensor, rank: number): Tensor {
    const [n, channels] = [this.table.shape[0], rows.shape[1]!];
    return reshape(matMul(this.table, rows as Tensor2D), [n, ...Array<number>(rank - 2).fill(1), channels]);
  }

  /**
   * Sums over the samples of each group and all positions: [groups, channels]. One pass per group over rows: a sum over the
   * leading axes is fast on every backend, where one over the middle axes turns the maps round first.
   *
   * @param values [n, …, channels]
   */
  sums(values: Tensor): Tensor {
    const leading = [...values.shape.keys()].slice(0, -1);
    const [n, groups] = this.table.shape;
    const columns = split(this.table, groups, 1);
    return stack(
      columns.map((column) =>
        sum(mul(values, reshape(column, [n, ...Array<number>(values.rank - 1).fill(1)])), leading),
      ),
    );
  }

  /** How many values of a channel each group has, 1 where it has none: [groups, 1]. @param values [n, …, channels] */
  counts(values: Tensor): Tensor {
    const positions = values.size / (values.shape[0]! * values.shape.at(-1)!);
    return maximum(mul(reshape(sum(this.table, 0), [-1, 1]), positions), 1);
  }

  /** Means over the samples of each group and all positions, 0 for a group without samples: [groups, channels]. */
  means(values: Tensor): Tensor {
    return div(this.sums(values), this.counts(values));
  }
}
