import { describe, expect, it } from 'vitest';
import { createJobControl, createSilentContext } from '../foundation/createJobControl';
import { createRandom } from '../foundation/random';
import { evaluationInput } from '../testing/evaluationInput';
import { reportOf } from '../testing/reportOf';
import { computeEvaluation } from './computeEvaluation';
import type { ClassifiedSamples } from './countConfusion';
import { defaultEvaluationSettings } from './evaluate';
import type { EvaluationSettings, Interval } from './fairnessEvaluation';
import { paperTable } from './paperTable';

/** Predictions that are right with one probability per group. */
function simulate(n: number, accuracy: [number, number], seed: number): ClassifiedSamples {
  const random = createRandom(seed, 'simulated-predictions');
  const labels: number[] = [];
  const predicted: number[] = [];
  const groups: number[] = [];
  for (let i = 0; i < n; i++) {
    const label = random.integer(3);
    const group = i % 2;
    labels.push(label);
    groups.push(group);
    predicted.push(random.next() < accuracy[group]! ? label : (label + 1 + random.integer(2)) % 3);
  }
  return { labels, predicted, groups, classCount: 3 };
}

const model = simulate(600, [0.6, 0.9], 1);
interface Compared extends Pick<EvaluationSettings, 'replicates' | 'level' | 'seed' | 'lambda'> {
  model: ClassifiedSamples;
  baseline: number[] | null;
  clusters: string[] | null;
}

const input: Compared = { model, baseline: null, clusters: null, replicates: 400, level: 0.95, seed: 7, lambda: 1 };
const baseline = Array.from(simulate(600, [0.5, 0.9], 2).predicted);

/** What the paper's table has of the bootstrap. */
async function run(change: Partial<Compared> = {}, context = createSilentContext()) {
  const { model: samples, baseline: other, clusters, ...settings } = { ...input, ...change };
  const compared = {
    labels: samples.labels,
    groups: samples.groups,
    classNames: Array.from({ length: samples.classCount }, (_, k) => `class ${k}`),
    groupNames: ['0', '1'],
    model: { predicted: samples.predicted, scores: null },
    baseline: other && { predicted: other, scores: null },
    clusters,
  };
  const evaluation = await computeEvaluation(
    evaluationInput(compared),
    { ...defaultEvaluationSettings, permutations: 0, ...settings },
    context,
  );
  return paperTable(evaluation).bootstrap!;
}
const width = ({ low, high }: Interval) => high - low;

describe('the bootstrap intervals of two groups', () => {
  it('gives the same intervals for the same seed and others for another', async () => {
    const first = await run({ baseline });
    expect(await run({ baseline })).toEqual(first);
    expect((await run({ baseline, seed: 8 })).intervals).not.toEqual(first.intervals);
  });

  it('has intervals round the observed values where the gap is far from 0', async () => {
    const { intervals } = await run();
    const report = reportOf(model);
    const observed = [
      [intervals.f1Avg, report.rows.f1.avg],
      [intervals.f1Diff, report.rows.f1.diff],
      [intervals.accuracyAvg, report.rows.accuracy.avg],
      [intervals.accuracyDiff, report.rows.accuracy.diff],
      [intervals.eopp0, report.eopp0],
      [intervals.eopp1, report.eopp1],
      [intervals.eodd, report.eodd],
    ] as const;
    for (const [interval, value] of observed) {
      expect(interval.low).toBeLessThan(value);
      expect(interval.high).toBeGreaterThan(value);
    }
  });

  it('is as wide for the accuracy as the binomial standard error says', async () => {
    // One class per group: 200 samples of group 0 with 120 right, 100 of group 1 with 80 right.
    const rights = [
      ...Array.from({ length: 200 }, (_, i) => i < 120),
      ...Array.from({ length: 100 }, (_, i) => i < 80),
    ];
    const groups = rights.map((_, i) => (i < 200 ? 0 : 1));
    const { intervals } = await run({
      model: { labels: groups, groups, predicted: rights.map((right, i) => (right ? groups[i]! : 2)), classCount: 3 },
      replicates: 4000,
    });
    const standardError = Math.sqrt((0.6 * 0.4) / 200 + (0.8 * 0.2) / 100);
    // 10 %: quantiles of 4000 replicates scatter by about 2 %, and the counts are discrete.
    expect(Math.abs(width(intervals.accuracyDiff) / (2 * 1.96 * standardError) - 1)).toBeLessThan(0.1);
    expect(Math.abs(width(intervals.accuracyAvg) / (1.96 * standardError) - 1)).toBeLessThan(0.1);
  });

  it('has no width when all samples of each group and class are predicted alike', async () => {
    const { intervals } = await run({
      model: {
        labels: [0, 0, 1, 1, 0, 0, 1, 1],
        predicted: [0, 0, 1, 1, 1, 1, 1, 1],
        groups: [0, 0, 0, 0, 1, 1, 1, 1],
        classCount: 2,
      },
    });
    expect(intervals.eopp1).toEqual({ low: 0.5, high: 0.5 });
    expect(intervals.accuracyAvg).toEqual({ low: 0.75, high: 0.75 });
  });

  it('has a wider interval at a higher level', async () => {
    const at90 = await run({ level: 0.9 });
    const at99 = await run({ level: 0.99 });
    expect(width(at99.intervals.eodd)).toBeGreaterThan(width(at90.intervals.eodd));
  });
});

describe('the bootstrap of FATE', () => {
  it('is null for the baseline itself', async () => {
    expect((await run()).fate).toBeNull();
  });

  it('is exactly 0 for a model against itself, since both are read on the same draw', async () => {
    const { fate } = await run({ baseline: Array.from(model.predicted) });
    const zero = { low: 0, high: 0 };
    expect(fate).toEqual({ eopp0: zero, eopp1: zero, eodd: zero });
  });

  it('is null under a criterion in which the baseline shows no gap', async () => {
    const { fate } = await run({ baseline: Array.from(model.labels) });
    expect(fate).toEqual({ eopp0: null, eopp1: null, eodd: null });
  });

  it('is null when more than 5 % of the resamples have no baseline gap', async () => {
    // The baseline errs on one of five samples in one cell; 0.8^5, a third of the resamples, miss it.
    const labels = [0, 0, 0, 0, 0, 1, 0, 1];
    const groups = [0, 0, 0, 0, 0, 0, 1, 1];
    const errsOnce = [1, 0, 0, 0, 0, 1, 0, 1];
    const { fate } = await run({ model: { labels, groups, predicted: errsOnce, classCount: 2 }, baseline: errsOnce });
    expect(fate).toEqual({ eopp0: null, eopp1: null, eodd: null });
  });

  it('follows lambda', async () => {
    const { fate } = await run({ baseline, lambda: 0 });
    // Without the criterion, FATE is the relative gain in Avg F1 under all three.
    expect(fate?.eopp0).toEqual(fate?.eodd);
    expect(fate?.eopp1).toEqual(fate?.eodd);
  });
});

describe('the bootstrap by clusters', () => {
  const copies = 9;
  const repeated = <T>(values: ArrayLike<T>) => Array.from(values).flatMap((value) => Array<T>(copies).fill(value));
  const copiedModel: ClassifiedSamples = {
    labels: repeated(model.labels),
    predicted: repeated(model.predicted),
    groups: repeated(model.groups),
    classCount: 3,
  };
  const patients = repeated(Array.from(model.labels, (_, i) => `patient ${i}`));

  it('is not fooled by nine copies of each sample, as the one by samples is', async () => {
    const single = await run({ replicates: 1000 });
    const clustered = await run({ model: copiedModel, clusters: patients, replicates: 1000 });
    const bySamples = await run({ model: copiedModel, replicates: 1000 });
    expect(clustered.unit).toBe('cluster');
    expect(bySamples.unit).toBe('group × class');
    // Nine times the samples make the interval by samples a third as wide. 20 %: Monte Carlo scatter of three runs.
    expect(Math.abs(width(clustered.intervals.accuracyAvg) / width(single.intervals.accuracyAvg) - 1)).toBeLessThan(
      0.2,
    );
    const ratio = width(clustered.intervals.accuracyAvg) / width(bySamples.intervals.accuracyAvg);
    expect(Math.abs(ratio / 3 - 1)).toBeLessThan(0.2);
  });

  it('keeps both groups in every resample, however few clusters one has', async () => {
    const clusters = Array.from(model.groups, (group, i) => (group === 1 ? 'the only patient' : `patient ${i}`));
    const { intervals } = await run({ clusters });
    expect(Number.isFinite(intervals.f1Avg.high)).toBe(true);
  });

  it('takes a sample without a cluster as a cluster of its own', async () => {
    const named = await run({ clusters: Array.from(model.labels, (_, i) => `patient ${i}`) });
    const unnamed = await run({ clusters: Array.from(model.labels, () => '') });
    expect(unnamed).toEqual(named);
  });
});

describe('the bootstrap as a job', () => {
  it('stops when it is cancelled', async () => {
    const control = createJobControl('bootstrap', () => undefined);
    const result = run({ replicates: 100_000 }, control.context);
    control.cancel();
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
  });

  it.each([
    ['clusters of another length', { clusters: ['a'] }, 'predictions-invalid'],
    ['a baseline of another length', { baseline: [0] }, 'predictions-invalid'],
    ['replicates below 0', { replicates: -1 }, 'config-invalid'],
    ['a level of 1', { level: 1 }, 'config-invalid'],
    ['an empty group', { model: { ...model, groups: Array.from(model.groups, () => 0) } }, 'group-too-small'],
  ])('refuses %s', async (_, change, code) => {
    await expect(run(change)).rejects.toMatchObject({ code });
  });
});
