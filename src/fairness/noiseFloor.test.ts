import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../foundation/createJobControl';
import { createRandom } from '../foundation/random';
import { evaluationInput } from '../testing/evaluationInput';
import { reportOf } from '../testing/reportOf';
import { computeEvaluation } from './computeEvaluation';
import type { ClassifiedSamples } from './countConfusion';
import { defaultEvaluationSettings } from './evaluate';
import { paperTable } from './paperTable';

/** Predictions that are right with one probability per group; the class mix differs between the groups. */
function simulate(n: number, accuracy: [number, number], seed: number): ClassifiedSamples {
  const random = createRandom(seed, 'simulated-predictions');
  const labels: number[] = [];
  const predicted: number[] = [];
  const groups: number[] = [];
  for (let i = 0; i < n; i++) {
    const group = random.next() < 0.3 ? 0 : 1;
    const label = group === 0 ? random.integer(3) : Math.floor(3 * random.next() ** 2);
    labels.push(label);
    groups.push(group);
    predicted.push(random.next() < accuracy[group]! ? label : random.integer(3));
  }
  return { labels, predicted, groups, classCount: 3 };
}

/** What the paper's table has of chance. */
async function estimate({ classCount, predicted, ...samples }: ClassifiedSamples, permutations = 199, seed = 1) {
  const classNames = Array.from({ length: classCount }, (_, k) => `class ${k}`);
  const model = { predicted, scores: null };
  const compared = { ...samples, classNames, groupNames: ['0', '1'], model, baseline: null, clusters: null };
  const settings = { ...defaultEvaluationSettings, replicates: 0, permutations, seed };
  return paperTable(await computeEvaluation(evaluationInput(compared), settings, createSilentContext())).noiseFloor!;
}

describe('the noise floor of two groups', () => {
  it('finds a predictor that is blind to the group above the floor in about 5 % of cases', async () => {
    const simulations = 200;
    const above = { eopp0: 0, eopp1: 0, eodd: 0 };
    for (let i = 0; i < simulations; i++) {
      const { byCriterion } = await estimate(simulate(240, [0.7, 0.7], i), 99, i);
      if (byCriterion.eopp0.aboveFloor) above.eopp0++;
      if (byCriterion.eopp1.aboveFloor) above.eopp1++;
      if (byCriterion.eodd.aboveFloor) above.eodd++;
    }
    // Binomial(200, 0.05): mean 10, standard deviation 3.1; about three of them on either side.
    for (const count of Object.values(above)) {
      expect(count).toBeGreaterThanOrEqual(1);
      expect(count).toBeLessThanOrEqual(19);
    }
  });

  it('finds a predictor that depends strongly on the group above the floor', async () => {
    const { byCriterion } = await estimate(simulate(600, [0.3, 0.9], 1));
    expect(byCriterion.eopp0.aboveFloor).toBe(true);
    expect(byCriterion.eopp1.aboveFloor).toBe(true);
    expect(byCriterion.eodd.aboveFloor).toBe(true);
  });

  it('agrees with the mean over all permutations, counted by hand', async () => {
    // Class 0: two samples a group, one of the four wrong, so its group always has recall 1/2 and the other 1.
    // Class 1: all right. Eopp1 = (1/2 + 0) / 2 in every permutation.
    const { byCriterion } = await estimate({
      labels: [0, 0, 0, 0, 1, 1],
      predicted: [1, 0, 0, 0, 1, 1],
      groups: [0, 0, 1, 1, 0, 1],
      classCount: 2,
    });
    expect(byCriterion.eopp1).toEqual({ observed: 0.25, mean: 0.25, q05: 0.25, q95: 0.25, aboveFloor: false });
  });

  it('deals every sample of a class to the groups equally often', async () => {
    // Class 0: one sample of four is right; group 0 has one of the four. Its recall is 1 with probability 1/4 against
    // 0, else 0 against 1/3: |dTPR| has the mean 1/4 · 1 + 3/4 · 1/3 = 1/2. Class 1 adds nothing: Eopp1 has the mean 1/4.
    const { byCriterion } = await estimate(
      {
        labels: [0, 0, 0, 0, 1, 1],
        predicted: [0, 1, 1, 1, 1, 1],
        groups: [0, 1, 1, 1, 0, 1],
        classCount: 2,
      },
      4000,
    );
    // Standard deviation of one value 0.144, of the mean of 4000 0.0023; four of them.
    expect(Math.abs(byCriterion.eopp1.mean - 0.25)).toBeLessThan(0.0092);
    expect(byCriterion.eopp1.observed).toBe(0.5);
  });

  it('shows the whole gap as noise when no class is shared', async () => {
    const { byCriterion } = await estimate({ labels: [0, 1], predicted: [0, 1], groups: [0, 1], classCount: 2 });
    expect(byCriterion.eopp1).toMatchObject({ observed: 1, q05: 1, q95: 1, aboveFloor: false });
  });

  it('reports the observed gaps and gives the same floor for the same seed', async () => {
    const predictions = simulate(200, [0.6, 0.8], 3);
    const report = reportOf(predictions);
    const floor = await estimate(predictions);
    expect(floor.permutations).toBe(199);
    expect(floor.byCriterion.eodd.observed).toBe(report.eodd);
    expect(await estimate(predictions)).toEqual(floor);
    expect(await estimate(predictions, 199, 2)).not.toEqual(floor);
  });

  it('refuses a number of permutations below 0', async () => {
    await expect(estimate(simulate(20, [1, 1], 1), -1)).rejects.toMatchObject({ code: 'config-invalid' });
  });
});
