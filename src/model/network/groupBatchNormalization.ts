import {
  add,
  customGrad,
  div,
  type GradSaveFunc,
  mul,
  onesLike,
  rsqrt,
  serialization,
  square,
  sub,
  type Tensor,
  type Tensor2D,
  tidy,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import { GroupMembers } from './groupMembers';

type Weight = layers.Layer['weights'][number];
type Shape = (number | null)[];
type LayerSettings = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

export interface GroupBatchNormalizationSettings extends LayerSettings {
  groupCount: number;
  /** Share of a running average that stays in a step: 0.99, as tfjs has it, when left out. */
  momentum?: number;
  /** 0.001, as tfjs has it, when left out. */
  epsilon?: number;
  /** Whether there is a beta, and a gamma; true when left out. */
  center?: boolean;
  scale?: boolean;
}

/**
 * BatchNorm with everything of its own for each group: gamma, beta, running mean and running variance, each [groups, channels].
 *
 * Called on `[values, group]`: float32 [n, …, channels], and the group of each sample, int32 [n, 1]. In training each group is
 * normalised by the mean and the biased variance of its own samples in the batch, and its running averages follow these: those of
 * a group without samples stay. The running variance is biased, as tfjs' own BatchNorm has it; PyTorch's is not. At inference the
 * running averages of the sample's group count. A group beyond `groupCount` is normalised by nothing and gives 0.
 *
 * @source Xu et al., FairAdaBN, MICCAI 2023, arXiv 2303.08325
 */
export class GroupBatchNormalization extends layers.Layer {
  static readonly className = 'GroupBatchNormalization';

  readonly groupCount: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  #gamma: Weight | null = null;
  #beta: Weight | null = null;
  #movingMean!: Weight;
  #movingVariance!: Weight;

  constructor(settings: GroupBatchNormalizationSettings) {
    super(settings);
    const { groupCount, momentum = 0.99, epsilon = 1e-3, center = true, scale = true } = settings;
    this.groupCount = groupCount;
    this.momentum = momentum;
    this.epsilon = epsilon;
    this.center = center;
    this.scale = scale;
  }

  override build(inputShapes: Shape | Shape[]): void {
    const [valuesShape] = inputShapes as Shape[];
    const shape = [this.groupCount, valuesShape!.at(-1)!];
    const [ones, zeros] = [initializers.ones(), initializers.zeros()];
    const make = (name: string, start: typeof ones, trainable: boolean) =>
      this.addWeight(name, shape, 'float32', start, undefined, trainable);
    if (this.scale) this.#gamma = make('gamma', ones, true);
    if (this.center) this.#beta = make('beta', zeros, true);
    this.#movingMean = make('moving_mean', zeros, false);
    this.#movingVariance = make('moving_variance', ones, false);
    this.built = true;
  }

  override computeOutputShape(inputShapes: Shape | Shape[]): Shape {
    return (inputShapes as Shape[])[0]!;
  }

  override call(inputs: Tensor | Tensor[], { training }: { training?: boolean }): Tensor {
    return tidy(() => {
      const [values, group] = inputs as [Tensor, Tensor];
      const members = GroupMembers.of(group, this.groupCount);
      const mean = this.#movingMean.read();
      const gamma = this.#gamma?.read() ?? onesLike(mean);
      const beta = this.#beta?.read() ?? zerosLike(mean);
      if (training) return this.#normalizeByBatch(values, members, gamma, beta);
      const scale = mul(gamma, rsqrt(add(this.#movingVariance.read(), this.epsilon)));
      const offset = sub(beta, mul(mean, scale));
      return add(mul(values, members.spread(scale, values.rank)), members.spread(offset, values.rank));
    });
  }

  override getConfig(): serialization.ConfigDict {
    const { groupCount, momentum, epsilon, center, scale } = this;
    return { ...super.getConfig(), groupCount, momentum, epsilon, center, scale };
  }

  /** One operation with a gradient of its own: its steps one by one would each keep a map for theirs. */
  #normalizeByBatch(values: Tensor, { table }: GroupMembers, gamma: Tensor, beta: Tensor): Tensor {
    const normalize = customGrad((...given) => {
      const save = given.pop() as GradSaveFunc;
      const [x, scale, offset] = given as [Tensor, Tensor, Tensor];
      const members = new GroupMembers(table);
      const mean = members.means(x);
      const centred = sub(x, members.spread(mean, x.rank));
      const variance = members.means(square(centred));
      this.#follow(members.present(), mean, variance);
      const inverse = rsqrt(add(variance, this.epsilon));
      save([x, scale, mean, inverse, table]);
      const value = add(mul(centred, members.spread(mul(scale, inverse), x.rank)), members.spread(offset, x.rank));
      return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => gradients(dy, saved) };
    });
    return normalize(values, gamma, beta);
  }

  /** Moves the running averages towards the batch's, as the stock layer does; those of groups without samples stay. */
  #follow(present: Tensor, mean: Tensor, variance: Tensor): void {
    const share = mul(present, 1 - this.momentum);
    for (const [average, value] of [
      [this.#movingMean, mean],
      [this.#movingVariance, variance],
    ] as const) {
      const current = average.read();
      average.write(sub(current, mul(sub(current, value), share)));
    }
  }
}

/**
 * With x̂ = (x − mean) · inverse and N values of the sample's group in the channel:
 *
 *     dβ = Σ dy,   dγ = Σ dy · x̂,   dx = γ · inverse · (dy − dβ / N − x̂ · dγ / N)
 */
function gradients(dy: Tensor, saved: Tensor[]): Tensor[] {
  const [x, gamma, mean, inverse, table] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor2D];
  const members = new GroupMembers(table);
  const centred = sub(x, members.spread(mean, x.rank));
  const dBeta = members.sums(dy);
  const dGamma = mul(members.sums(mul(dy, centred)), inverse);
  const scale = mul(gamma, inverse);
  const perValue = div(scale, members.counts(x));
  const steady = members.spread(mul(perValue, dBeta), x.rank);
  const sloping = members.spread(mul(mul(perValue, inverse), dGamma), x.rank);
  const dx = sub(sub(mul(dy, members.spread(scale, x.rank)), mul(centred, sloping)), steady);
  return [dx, dGamma, dBeta];
}

serialization.registerClass(GroupBatchNormalization);
