import type { Random } from '../foundation/random';
import type { ArmName } from './runConfig';

/** The arms that prune. */
export type PruningArm = Exclude<ArmName, 'fine-tune-only'>;

/** What the arms rank by. */
export interface RankingFacts {
  /** SNNL-Fair of each channel; NaN where there is none. */
  scores: readonly number[];
  /** Kernel of the convolution, row-major [kh, kw, in, out]; the channels are `out`. */
  kernel: { data: Float32Array; shape: readonly number[] };
  /** Stream of the random arm. */
  random: Random;
}

/**
 * The value that each channel is pruned by, lowest first: its score for `snnl`, the opposite for `highest-snnl`, the
 * sum of absolute kernel weights for `lowest-l1`, a random number for `random`.
 *
 * @returns one value per channel; NaN where a score is missing
 */
export function rankChannels(arm: PruningArm, { scores, kernel, random }: RankingFacts): number[] {
  switch (arm) {
    case 'snnl':
      return [...scores];
    case 'highest-snnl':
      return scores.map((score) => -score);
    case 'lowest-l1':
      return l1Norms(kernel);
    case 'random':
      return scores.map(() => random.next());
  }
}

function l1Norms({ data, shape }: RankingFacts['kernel']): number[] {
  const channels = shape.at(-1)!;
  const norms = Array.from({ length: channels }, () => 0);
  data.forEach((weight, i) => {
    norms[i % channels]! += Math.abs(weight);
  });
  return norms;
}
