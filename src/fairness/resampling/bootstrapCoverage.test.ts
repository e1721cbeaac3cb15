import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../../foundation/createJobControl';
import { createRandom } from '../../foundation/random';
import { evaluationInput } from '../../testing/evaluationInput';
import { computeEvaluation } from '../computeEvaluation';
import { defaultEvaluationSettings } from '../evaluate';
import { type EvaluationSettings, type GapEstimate, largestBiasRatio } from '../fairnessEvaluation';

/** Two groups with as many samples of every class; a sample is right with its group's probability, whatever its class. */
interface Design {
  classCount: number;
  cellSize: number;
  tpr: [number, number];
}

async function estimateEopp1(design: Design, seed: number, method: EvaluationSettings['method']): Promise<GapEstimate> {
  const { classCount, cellSize, tpr } = design;
  const random = createRandom(seed, 'coverage');
  const labels: number[] = [];
  const groups: number[] = [];
  const predicted: number[] = [];
  for (let i = 0; i < 2 * classCount * cellSize; i++) {
    const label = i % classCount;
    const group = i < classCount * cellSize ? 0 : 1;
    labels.push(label);
    groups.push(group);
    const right = random.next() < tpr[group]!;
    predicted.push(right ? label : (label + 1 + random.integer(classCount - 1)) % classCount);
  }
  const { model } = await computeEvaluation(
    evaluationInput({
      labels,
      groups,
      classNames: Array.from({ length: classCount }, (_, k) => `class ${k}`),
      groupNames: ['0', '1'],
      model: { predicted, scores: null },
      baseline: null,
      clusters: null,
    }),
    { ...defaultEvaluationSettings, replicates: 400, permutations: 0, method, seed },
    createSilentContext(),
  );
  return model.gaps.eopp1;
}

/** Share of simulated samples whose 95 % interval holds the true Eopp1, and share whose bias ratio warns of it. */
async function measureCoverage(design: Design, simulations: number, method: EvaluationSettings['method']) {
  const truth = Math.abs(design.tpr[0] - design.tpr[1]);
  let covered = 0;
  let warned = 0;
  for (let seed = 0; seed < simulations; seed++) {
    const { interval, biasRatio } = await estimateEopp1(design, seed, method);
    if (interval!.low <= truth && truth <= interval!.high) covered++;
    if (Math.abs(biasRatio!) > largestBiasRatio) warned++;
  }
  return { covered: covered / simulations, warned: warned / simulations };
}

/**
 * Eopp1 is a mean of absolute values. Where a class's gap is several standard errors it is as good as a mean of
 * differences, and an interval can be asked for. Where it is not, noise adds to it, to the replicates twice, and no
 * interval of the bootstrap holds the truth as often as it says: what can be asked for then is a warning.
 *
 * Shares of 400 samples, found with 500 replicates (percentile, BCa):
 *
 *     gap 0.3, cells of 200: 94.5 %, 95.0 %       gap 0.3, 30 classes with cells of 10: 76 %, 79 %
 *     gap 0.3, cells of 100: 96.8 %, 96.8 %       gap 0.1, 10 classes with cells of 20: 18 %, 67 %
 *     gap 0.3, cells of 30:  95.8 %, 91.8 %       gap 0,   10 classes with cells of 20:  0 %,  0 %
 *     gap 0.1, cells of 100: 96.0 %, 88.3 %
 *
 * BCa does better where neither suffices and worse where percentiles do; hence percentiles are the default.
 * Slow: about 25 s in all.
 */
describe('bootstrap intervals of a known Eopp1', () => {
  const fair: Design = { classCount: 3, cellSize: 100, tpr: [0.5, 0.8] };
  const small: Design = { classCount: 10, cellSize: 20, tpr: [0.6, 0.7] };

  it('hold it in 93 % to 97 % of samples where the gap is large and so are the cells', {
    timeout: 600_000,
  }, async () => {
    const { covered, warned } = await measureCoverage(fair, 1000, 'percentile');
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
    expect(warned).toBeLessThan(0.05);
  });

  it('hold it as often with BCa', { timeout: 600_000 }, async () => {
    const { covered } = await measureCoverage(fair, 1000, 'bca');
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });

  it('come with a warning where the cells are small and the interval is wrong', { timeout: 600_000 }, async () => {
    const { covered, warned } = await measureCoverage(small, 100, 'percentile');
    expect(covered).toBeLessThan(0.5);
    expect(warned).toBe(1);
  });
});
