import type { Random } from '../foundation/random';
import type { ArmName } from './runConfig';

/** The arms that prune. */
export type PruningArm = Exclude<ArmName, 'fine-tune-only'>;

/** What the arms rank by. What costs a reading of the model is only read by the arm that needs it. */
export interface RankingFacts {
  /** SNNL-Fair of each channel; NaN where there is none. */
  scores: readonly number[];
  /** Kernel of the convolution, row-major [kh, kw, in, out]; the channels are `out`. */
  kernel(): Promise<{ data: Float32Array; shape: readonly number[] }>;
  /** Skewness of each channel's maps. */
  skewness(): Promise<number[]>;
  /** Stream of the random arm. */
  random: Random;
}

/**
 * The value that each channel is pruned by, lowest first: its score for `snnl`, the opposite for `highest-snnl`, the
 * sum of absolute kernel weights for `lowest-l1`, the skewness of its maps for `lowest-skewness`, a random number for
 * `random`.
 *
 * @returns one value per channel; NaN where a score is missing
 */
export async function rankChannels(arm: PruningArm, facts: RankingFacts): Promise<number[]> {
  switch (arm) {
    case 'snnl':
      return [...facts.scores];
    case 'highest-snnl':
      return facts.scores.map((score) => -score);
    case 'lowest-l1':
      return l1Norms(await facts.kernel());
    case 'lowest-skewness':
      return facts.skewness();
    case 'random':
      return facts.scores.map(() => facts.random.next());
  }
}

function l1Norms({ data, shape }: Awaited<ReturnType<RankingFacts['kernel']>>): number[] {
  const channels = shape.at(-1)!;
  const norms = Array.from({ length: channels }, () => 0);
  data.forEach((weight, i) => {
    norms[i % channels]! += Math.abs(weight);
  });
  return norms;
}
