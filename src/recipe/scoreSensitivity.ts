import { kendallTau } from '../fairness/kendallTau';
import { quantile } from '../fairness/quantile';
import type { JobContext } from '../foundation/jobContext';
import type { SnnlOptions } from '../snnl/snnlOptions';
import type { RunConfig } from './runConfig';
import { scoreLayer } from './scoreLayer';
import { selectLowest } from './selectChannels';
import type { ScoreSensitivity, SensitivityPoint } from './sensitivity';
import type { TapRequest } from './tapDataset';

/** Multiples of the median temperature that the data give. */
const temperatureFactors = [0.1, 0.3, 1, 3, 10];
const batchSizes = [32, 64, 128, 256, 512];
/** What the composition of the batches alone does, beside which the other two are to be read. */
const otherSeeds = 3;

/**
 * Scores a layer again with other temperatures, batch sizes and seeds, one change at a time, and compares the rankings
 * with the reference's.
 *
 * @param request samples are those of the training split, chosen by `scoreLayer`; `prunedCount` at least 1
 * @throws LabError as `scoreChannels` does
 */
export async function scoreSensitivity(
  request: Omit<TapRequest, 'indices'> & { config: Pick<RunConfig, 'score' | 'seed'>; prunedCount: number },
  context: JobContext,
): Promise<ScoreSensitivity> {
  const { layer, config, prunedCount } = request;
  const { score: options, seed } = config;
  const reference = await scoreLayer(request, context.part('as set', 0, 1 / 14));
  const pruned = new Set(selectLowest(reference.scores, prunedCount));
  const changes = changesOf(options, seed, reference.temperatures, reference.imagesUsed);
  const points: SensitivityPoint[] = [];
  for (const [index, { setting, value, changed }] of changes.entries()) {
    const share = (n: number) => (n + 1) / (changes.length + 1);
    const part = context.part(`${setting} ${value}`, share(index), share(index + 1));
    const { scores } = await scoreLayer({ ...request, config: changed }, part);
    const same = selectLowest(scores, prunedCount).filter((channel) => pruned.has(channel)).length;
    points.push({
      setting,
      value,
      tau: kendallTau(reference.scores, scores).tau,
      samePrunedRatio: same / prunedCount,
    });
  }
  return { layer, channels: reference.scores.length, prunedCount, reference: { options, seed }, points };
}

interface Change {
  setting: SensitivityPoint['setting'];
  value: number | 'auto';
  changed: Pick<RunConfig, 'score' | 'seed'>;
}

function changesOf(options: SnnlOptions, seed: number, temperatures: readonly number[], images: number): Change[] {
  const known = temperatures.filter(Number.isFinite).toSorted((a, b) => a - b);
  const middle = known.length > 0 ? quantile(known, 0.5) : 1;
  const temperatureValues: (number | 'auto')[] = [
    'auto',
    ...temperatureFactors.map((factor) => Number((factor * middle).toPrecision(2))),
  ];
  const sizes = batchSizes.filter((size) => size <= images);
  return [
    ...temperatureValues
      .filter((value) => value !== options.temperature)
      .map(
        (value): Change => ({
          setting: 'temperature',
          value,
          changed: { score: { ...options, temperature: value }, seed },
        }),
      ),
    ...sizes
      .filter((value) => value !== options.batchSize)
      .map(
        (value): Change => ({
          setting: 'batchSize',
          value,
          changed: { score: { ...options, batchSize: value }, seed },
        }),
      ),
    ...Array.from({ length: otherSeeds }, (_, index): Change => {
      const value = seed + index + 1;
      return { setting: 'seed', value, changed: { score: options, seed: value } };
    }),
  ];
}
