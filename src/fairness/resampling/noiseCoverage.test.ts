import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../../foundation/createJobControl';
import { createRandom } from '../../foundation/random';
import { evaluationInput } from '../../testing/evaluationInput';
import type { ComparedModels } from '../comparedModels';
import { computeEvaluation } from '../computeEvaluation';
import { defaultEvaluationSettings } from '../evaluate';
import type { GapEstimate } from '../fairnessEvaluation';
import { gapNames } from '../gapDefinitions';
import { metricNames } from '../metricDefinitions';

/** A predictor that knows nothing of the group: three groups with another mix of classes each, scores with ties. */
function simulateBlind(n: number, seed: number): ComparedModels {
  const random = createRandom(seed, 'blind');
  const groups = Array.from({ length: n }, () => Math.floor(3 * random.next() ** 1.5));
  const labels = groups.map((group) => (group === 0 ? random.integer(3) : Math.floor(3 * random.next() ** 2)));
  const scores: number[] = [];
  const predicted = labels.map((label) => {
    const named = random.next() < 0.7 ? label : random.integer(3);
    const top = 0.4 + random.integer(7) / 10;
    for (let k = 0; k < 3; k++) scores.push(k === named ? top : (1 - top) / 2);
    return named;
  });
  return {
    labels,
    groups,
    classNames: ['a', 'b', 'c'],
    groupNames: ['0', '1', '2'],
    model: { predicted, scores },
    baseline: null,
    clusters: null,
  };
}

describe('the noise floor', () => {
  it('has a predictor that is blind to the group inside its 95 % band 95 % of the time, for every gap', async () => {
    // Slow: about 5 s.
    const simulations = 400;
    const settings = { ...defaultEvaluationSettings, replicates: 0, permutations: 199 };
    const above = new Map<string, number>();
    const significant = new Map<string, number>();
    const count = (name: string, { floor }: GapEstimate) => {
      above.set(name, (above.get(name) ?? 0) + (floor!.aboveFloor ? 1 : 0));
      significant.set(name, (significant.get(name) ?? 0) + (floor!.pValue <= 0.05 ? 1 : 0));
    };
    for (let seed = 0; seed < simulations; seed++) {
      const { model } = await computeEvaluation(
        evaluationInput(simulateBlind(150, seed)),
        { ...settings, seed },
        createSilentContext(),
      );
      for (const name of gapNames) count(name, model.gaps[name]);
      for (const name of metricNames) count(`gap in ${name}`, model.metrics[name].gap);
    }
    expect(above.size).toBe(gapNames.length + metricNames.length);
    // Binomial(400, 0.05): mean 20, standard deviation 4.4; three of them on either side.
    for (const [name, times] of [...above, ...significant]) {
      expect(times, name).toBeGreaterThanOrEqual(7);
      expect(times, name).toBeLessThanOrEqual(33);
    }
  }, 120_000);

  it('holds a blind predictor whose patients are predicted alike only when whole patients are dealt', async () => {
    // Forty patients of five images each, of one class, all right or all wrong. Slow: about 3 s.
    const simulations = 200;
    const settings = { ...defaultEvaluationSettings, replicates: 0, permutations: 99 };
    const above = { bySample: 0, byPatient: 0 };
    for (let seed = 0; seed < simulations; seed++) {
      const random = createRandom(seed, 'patients');
      const patients = Array.from({ length: 40 }, (_, i) => ({
        label: i % 2,
        group: random.integer(2),
        right: random.next() < 0.7,
      }));
      const images = patients.flatMap((patient, p) =>
        Array.from({ length: 5 }, () => ({ ...patient, name: `patient ${p}` })),
      );
      const input: ComparedModels = {
        labels: images.map(({ label }) => label),
        groups: images.map(({ group }) => group),
        classNames: ['a', 'b'],
        groupNames: ['0', '1'],
        model: { predicted: images.map(({ label, right }) => (right ? label : 1 - label)), scores: null },
        baseline: null,
        clusters: null,
      };
      const isAbove = async (clusters: string[] | null) => {
        const { model } = await computeEvaluation(
          evaluationInput({ ...input, clusters }),
          { ...settings, seed },
          createSilentContext(),
        );
        return model.gaps.eopp1.floor!.aboveFloor;
      };
      if (await isAbove(null)) above.bySample++;
      if (await isAbove(images.map(({ name }) => name))) above.byPatient++;
    }
    // Binomial(200, 0.05): mean 10, standard deviation 3.1.
    expect(above.byPatient).toBeLessThanOrEqual(20);
    expect(above.bySample).toBeGreaterThan(60);
  }, 120_000);
});
