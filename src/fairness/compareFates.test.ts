import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../foundation/createJobControl';
import { createRandom } from '../foundation/random';
import { compareFates, type FateContest } from './compareFates';

const settings = { replicates: 500, level: 0.95, method: 'percentile', seed: 1, lambda: 1 } as const;
const compare = (contest: FateContest, change = {}) =>
  compareFates(contest, { ...settings, ...change }, createSilentContext());

const n = 1200;
const random = createRandom(4, 'contest');
const groups = Array.from({ length: n }, (_, i) => i % 2);
const labels = Array.from({ length: n }, () => random.integer(3));

/** Right with one probability per group, by its own random numbers. */
function predict(accuracies: [number, number], seed: number): number[] {
  const own = createRandom(seed, 'contestant');
  return labels.map((label, i) => (own.next() < accuracies[groups[i]!]! ? label : (label + 1) % 3));
}

const contest: FateContest = {
  samples: { labels, groups, classCount: 3 },
  // Recall gaps of 0.1, 0.28 and 0.3.
  model: predict([0.8, 0.9], 1),
  rival: predict([0.62, 0.9], 2),
  baseline: predict([0.6, 0.9], 3),
  clusters: null,
};

describe('compareFates', () => {
  it('finds the model that closed the gap ahead of one that did not', async () => {
    const { model, rival, difference } = (await compare(contest)).eopp1;
    // FATE of the model is about 0.10/0.75 + 0.2/0.3 = 0.8, of the rival about 0.01/0.75 + 0.02/0.3 = 0.08.
    expect(model.interval!.low).toBeLessThan(0.8);
    expect(model.interval!.high).toBeGreaterThan(0.8);
    expect(rival.interval!.low).toBeLessThan(0.08);
    expect(rival.interval!.high).toBeGreaterThan(0.08);
    expect(difference.value).toBeCloseTo(model.value! - rival.value!, 12);
    expect(difference.interval!.low).toBeGreaterThan(0);
  });

  it('finds no difference at all between a model and itself, whose own FATE is uncertain', async () => {
    const { model, difference } = (await compare({ ...contest, rival: contest.model })).eodd;
    expect(difference).toEqual({ value: 0, interval: { low: 0, high: 0 }, standardError: 0, biasRatio: 0 });
    expect(model.standardError).toBeGreaterThan(0);
  });

  it('knows a difference of models that err alike better than their two intervals do', async () => {
    // The rival errs where the model does, and on one sample in fifty more of group 0.
    const rival = contest.baseline;
    const model = Array.from(rival, (predicted, i) => (groups[i] === 0 && i % 24 === 0 ? labels[i]! : predicted));
    const against = { ...contest, model, rival: predict([0.62, 0.9], 2), baseline: contest.model };
    const alike = { ...against, rival: contest.baseline };
    const apart = (await compare(against)).eopp1;
    const paired = (await compare(alike)).eopp1;
    expect(paired.difference.standardError!).toBeLessThan(apart.difference.standardError! / 3);
  });

  it('is null against a baseline without a gap', async () => {
    expect((await compare({ ...contest, baseline: labels })).eopp1.difference.value).toBeNull();
  });

  it('draws clusters, and takes BCa', async () => {
    const clusters = labels.map((_, i) => `patient ${i >> 2}`);
    const { difference } = (await compare({ ...contest, clusters }, { method: 'bca' })).eopp1;
    expect(difference.interval!.low).toBeGreaterThan(0);
  });

  it('refuses a model of other samples', async () => {
    await expect(compare({ ...contest, rival: [0] })).rejects.toMatchObject({ code: 'predictions-invalid' });
  });
});
