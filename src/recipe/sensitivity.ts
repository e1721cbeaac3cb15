import type { SnnlOptions } from '../snnl/snnlOptions';

/** How the ranking of the channels changes when one setting of the score changes. */
export interface ScoreSensitivity {
  layer: string;
  channels: number;
  /** Channels that would be pruned. */
  prunedCount: number;
  /** What all is compared with. */
  reference: { options: SnnlOptions; seed: number };
  points: SensitivityPoint[];
}

export interface SensitivityPoint {
  /** The setting that differs from the reference, and its value. */
  setting: 'temperature' | 'batchSize' | 'seed';
  value: number | 'auto';
  /** Kendall's τ-b of the two rankings: 1 = the same order; null when one of them ranks nothing. */
  tau: number | null;
  /** Share of the channels pruned under the reference that are pruned here too. */
  samePrunedRatio: number;
}
