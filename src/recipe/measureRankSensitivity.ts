import type { Dataset } from '../dataset/dataset';
import { kendallTau } from '../fairness/kendallTau';
import type { JobContext } from '../foundation/jobContext';
import type { LabModel } from '../model/labModel';
import type { SnnlOptions } from '../snnl/snnlOptions';
import { scoreLayer } from './scoreLayer';
import { countToPrune, selectLowest } from './selectChannels';

export interface RankSensitivityRequest {
  model: LabModel;
  dataset: Dataset;
  layer: string;
  /** The settings that the others are compared with. */
  options: SnnlOptions;
  seed: number;
  /** pr_c: how many of the lowest channels are compared. */
  ratio: number;
  temperatures: readonly (number | 'auto')[];
  batchSizes: readonly number[];
  /** Other seeds of the batches: how far chance alone moves the ranking. */
  seeds: readonly number[];
}

/** The ranking under one changed setting, against the one under the given settings. */
export interface RankSensitivityRow {
  changed: 'temperature' | 'batch size' | 'seed';
  value: number | 'auto';
  /** Kendall's τ-b of the two rankings; null when one of them ranks nothing. */
  tau: number | null;
  /** Channels with a score in both. */
  n: number;
  /** Of the channels that a round would prune, how many are the same. */
  lowestShared: number;
}

export interface RankSensitivity {
  layer: string;
  channels: number;
  /** How many channels a round would prune. */
  lowest: number;
  rows: RankSensitivityRow[];
}

/**
 * Whether the ranking of a layer's channels holds when the temperature, the batch size or the batches change. Compare
 * the changes of a setting with those of the seed, which are chance alone.
 *
 * @throws LabError as `scoreChannels`; `last-channel` when the ratio would prune all channels
 */
export async function measureRankSensitivity(
  request: RankSensitivityRequest,
  context: JobContext,
): Promise<RankSensitivity> {
  const { options, seed, layer, ratio } = request;
  const changes: {
    changed: RankSensitivityRow['changed'];
    value: number | 'auto';
    score: SnnlOptions;
    seed: number;
  }[] = [
    ...request.temperatures.map((value) => ({
      changed: 'temperature' as const,
      value,
      score: { ...options, temperature: value },
      seed,
    })),
    ...request.batchSizes.map((value) => ({
      changed: 'batch size' as const,
      value,
      score: { ...options, batchSize: value },
      seed,
    })),
    ...request.seeds.map((value) => ({ changed: 'seed' as const, value, score: options, seed: value })),
  ];
  const step = 1 / (changes.length + 1);
  const reference = await scoreLayer(
    { ...request, config: { score: options, seed } },
    context.part('Scoring', 0, step),
  );
  const channels = reference.scores.length;
  const lowest = countToPrune({ channels, originalChannels: channels, ratio, rounding: 'half-up' });
  const lowestBefore = new Set(selectLowest(reference.scores, lowest));
  const rows: RankSensitivityRow[] = [];
  for (const [index, { changed, value, ...config }] of changes.entries()) {
    const part = context.part(`Scoring with ${changed} ${value}`, (index + 1) * step, (index + 2) * step);
    const { scores } = await scoreLayer({ ...request, config }, part);
    const lowestShared = selectLowest(scores, lowest).filter((channel) => lowestBefore.has(channel)).length;
    rows.push({ changed, value, ...kendallTau(reference.scores, scores), lowestShared });
  }
  return { layer, channels, lowest, rows };
}
