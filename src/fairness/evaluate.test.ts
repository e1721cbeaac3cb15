import { describe, expect, it } from 'vitest';
import { createJobControl, createSilentContext } from '../foundation/createJobControl';
import { createRandom } from '../foundation/random';
import { evaluationInput } from '../testing/evaluationInput';
import type { ComparedModels, ModelOutput } from './comparedModels';
import { computeEvaluation } from './computeEvaluation';
import { defaultEvaluationSettings, evaluate } from './evaluate';
import type { EvaluationSettings } from './fairnessEvaluation';
import { metricNames } from './metricDefinitions';

const few: EvaluationSettings = { ...defaultEvaluationSettings, replicates: 300, permutations: 200 };

/** Three classes and three groups; each group is right with its own probability, and scores say so more or less. */
function simulate(n: number, accuracies: number[], seed: number): ComparedModels {
  const random = createRandom(seed, 'simulated-predictions');
  const labels = Array.from({ length: n }, () => random.integer(3));
  const groups = Array.from({ length: n }, (_, i) => i % accuracies.length);
  const output = (shift: number): ModelOutput => {
    const scores: number[] = [];
    const predicted = labels.map((label, i) => {
      const right = random.next() < accuracies[groups[i]!]! + shift;
      const named = right ? label : (label + 1 + random.integer(2)) % 3;
      const top = 0.4 + 0.6 * random.next();
      for (let k = 0; k < 3; k++) scores.push(k === named ? top : (1 - top) / 2);
      return named;
    });
    return { predicted, scores };
  };
  return {
    labels,
    groups,
    classNames: ['a', 'b', 'c'],
    groupNames: accuracies.map((_, g) => `group ${g}`),
    model: output(0),
    baseline: output(-0.1),
    clusters: null,
  };
}

const input = simulate(600, [0.5, 0.7, 0.9], 1);
const analyse = (change: Partial<ComparedModels> = {}, settings: Partial<EvaluationSettings> = {}) =>
  computeEvaluation(evaluationInput({ ...input, ...change }), { ...few, ...settings }, createSilentContext());

const alone = { baseline: null } as const;
const undefinedEstimate = { value: null, interval: null, standardError: null, biasRatio: null };
const withoutScores = (output: ModelOutput): ModelOutput => ({ ...output, scores: null });

describe('evaluate', () => {
  it('finds the gap that was put there between the groups that have it', async () => {
    const { model, comparison } = await analyse();
    const { accuracy, auc } = model.metrics;
    expect(accuracy.gap.pair).toEqual([0, 2]);
    expect(accuracy.worst.group).toBe(0);
    expect(accuracy.gap.floor?.aboveFloor).toBe(true);
    expect(accuracy.gap.interval!.low).toBeLessThan(0.4);
    expect(accuracy.gap.interval!.high).toBeGreaterThan(0.4);
    expect(auc.gap.floor?.aboveFloor).toBe(true);
    expect(model.gaps.eopp1.floor?.pValue).toBeCloseTo(1 / 201, 12);
    // The model is right more often than its baseline by 0.1 in every group.
    const { overall } = comparison!.differences.metrics.accuracy;
    expect(overall.interval!.low).toBeLessThan(0.1);
    expect(overall.interval!.high).toBeGreaterThan(0.1);
    expect(comparison!.levelling.change.accuracy.every((change) => change > 0)).toBe(true);
  });

  it('draws the same samples with scores as without', async () => {
    const scored = await analyse(alone);
    const plain = await analyse({ ...alone, model: withoutScores(input.model) });
    expect(plain.model.gaps).toEqual(scored.model.gaps);
    expect(plain.model.metrics.auc.overall).toEqual(undefinedEstimate);
    expect(plain.model.scores).toBeNull();
  });

  it('shows no difference at all of a model against itself', async () => {
    const { comparison } = await analyse({ baseline: input.model });
    const none = { value: 0, interval: { low: 0, high: 0 }, standardError: 0, biasRatio: 0 };
    expect(comparison!.differences.gaps.eopp1).toEqual(none);
    expect(comparison!.differences.metrics.auc.groups).toEqual([none, none, none]);
    expect(comparison!.fate.eodd).toEqual(none);
    expect(comparison!.levelling.gaps.eopp1?.verdict).toBe('gap-not-smaller');
  });

  it('has values of scores without intervals where scores are not resampled, and all else as it was', async () => {
    const whole = await analyse(alone);
    const { model } = await analyse(alone, { resampleScores: false });
    expect(model.gaps).toEqual(whole.model.gaps);
    expect(model.scores).toEqual(whole.model.scores);
    const { value } = whole.model.metrics.auc.overall;
    expect(model.metrics.auc.overall).toEqual({ ...undefinedEstimate, value });
    expect(model.metrics.auc.gap.floor).toBeNull();
  });

  it('takes logits as their softmax, and as no scores at all where one is no number', async () => {
    const { model: known } = evaluationInput({ ...input, ...alone });
    const probabilities = Array.from(known.scores!.values);
    const scoresOf = async (values: number[]) => {
      const model = { ...known, scores: { kind: 'logits' as const, values } };
      const settings = { ...few, replicates: 0, permutations: 0 };
      return (await evaluate({ model, baseline: null, attribute: 0 }, settings, createSilentContext())).model.scores;
    };
    const ofProbabilities = (await analyse(alone, { replicates: 0, permutations: 0 })).model.scores!;
    const ofLogits = await scoresOf(probabilities.map((value) => Math.log(value) + 5));
    // Logits are float32.
    expect(ofLogits!.overall.auc).toBeCloseTo(ofProbabilities.overall.auc!, 6);
    expect(ofLogits!.overall.brier).toBeCloseTo(ofProbabilities.overall.brier, 6);
    expect(await scoresOf(probabilities.with(3, Number.NaN))).toBeNull();
  });

  it('remembers what it gave for the same predictions and settings, and for no others', async () => {
    const settings = { ...few, replicates: 20, permutations: 20 };
    const given = evaluationInput(input);
    const first = await evaluate(given, settings, createSilentContext());
    const same = evaluationInput({ ...input, labels: Int32Array.from(input.labels) });
    expect(await evaluate(same, { ...settings }, createSilentContext())).toBe(first);
    expect(first).toEqual(await computeEvaluation(given, settings, createSilentContext()));
    const others = [
      [given, { ...settings, seed: 2 }],
      [{ ...given, baseline: null }, settings],
      [evaluationInput({ ...input, model: withoutScores(input.model) }), settings],
    ] as const;
    for (const [changed, with_] of others) {
      const found = await evaluate(changed, with_, createSilentContext());
      expect(found).toEqual(await computeEvaluation(changed, with_, createSilentContext()));
      expect(found).not.toEqual(first);
    }
  });

  it('is the same for the same seed and another for another', async () => {
    const first = await analyse();
    expect(await analyse()).toEqual(first);
    expect((await analyse({}, { seed: 2 })).model.gaps.eopp1.interval).not.toEqual(first.model.gaps.eopp1.interval);
  });

  it('counts every sample: those used, and those of groups that are too small', async () => {
    const groups = input.groups as number[];
    const rare = groups.map((group, i) => (i < 4 ? 3 : group));
    const { n, leftOut, groupNames, model } = await analyse(
      { groups: rare, groupNames: [...input.groupNames, 'rare', 'empty'] },
      { minimumGroupSize: 5 },
    );
    expect(leftOut).toEqual([
      { groupName: 'rare', n: 4 },
      { groupName: 'empty', n: 0 },
    ]);
    expect(groupNames).toEqual(input.groupNames);
    expect(n + 4).toBe(600);
    expect(model.confusion.flat(2).reduce((sum, count) => sum + count, 0)).toBe(n);
    const binned = model.scores!.overall.reliability.reduce((sum, bin) => sum + bin.n, 0);
    expect(binned).toBe(n);
  });

  it('has no intervals and no floors when none are asked for', async () => {
    const { model } = await analyse(alone, { replicates: 0, permutations: 0 });
    expect(model.gaps.eopp1).toMatchObject({ interval: null, floor: null });
    expect(model.gaps.eopp1.value).toBeGreaterThan(0);
  });

  it('draws whole patients where there are clusters', async () => {
    // Nine samples a patient, all alike: three times as wide as if they were nine patients.
    const copies = <T>(values: ArrayLike<T>) =>
      Array.from(values).flatMap((value) => Array.from({ length: 9 }, () => value));
    const copied: Partial<ComparedModels> = {
      labels: copies(input.labels),
      groups: copies(input.groups),
      model: { predicted: copies(input.model.predicted), scores: null },
      baseline: null,
    };
    const clusters = copies(Array.from(input.labels, (_, i) => `patient ${i}`));
    const settings = { replicates: 1000, permutations: 0 };
    const bySample = await analyse(copied, settings);
    const byPatient = await analyse({ ...copied, clusters }, settings);
    const width = ({ model }: typeof bySample) => {
      const { low, high } = model.metrics.accuracy.overall.interval!;
      return high - low;
    };
    expect(byPatient.unit).toBe('cluster');
    expect(Math.abs(width(byPatient) / width(bySample) / 3 - 1)).toBeLessThan(0.2);
  });

  it('moves the interval towards the observed value where resampling inflates the gap, with BCa', async () => {
    // Small cells and hardly a gap: the replicates lie above the observed value.
    const small = { ...simulate(90, [0.7, 0.7], 5), baseline: null };
    const percentile = (await analyse(small, { replicates: 1000 })).model.gaps.eopp1;
    const bca = (await analyse(small, { replicates: 1000, method: 'bca' })).model.gaps.eopp1;
    expect(bca.interval!.low).toBeLessThan(percentile.interval!.low);
    expect(bca.interval!.high).toBeLessThan(percentile.interval!.high);
  });

  it('has no AUC, and says nothing of it, where every group has one class', async () => {
    const { model } = await analyse({
      labels: Array.from(input.groups),
      model: {
        predicted: input.groups,
        scores: Array.from(input.groups, (g) => [0, 1, 2].map((k) => (k === g ? 1 : 0))).flat(),
      },
      baseline: null,
    });
    expect(model.metrics.auc.groups.every(({ value }) => value === null)).toBe(true);
    expect(model.metrics.auc.gap).toEqual({ ...undefinedEstimate, pair: null, floor: null });
    expect(model.metrics.auc.overall.value).toBe(1);
    expect(model.equityScaledAuc.value).toBeNull();
    expect(model.metrics.brier.average.value).toBe(0);
    expect(model.gaps.eopp1Shared.value).toBeNull();
  });

  it('has FATE undefined against a baseline without a gap', async () => {
    const { comparison } = await analyse({ baseline: { predicted: input.labels, scores: null } });
    expect(comparison!.fate.eopp1).toEqual(undefinedEstimate);
    expect(comparison!.differences.gaps.eopp1.value).toBeGreaterThan(0);
    // The baseline has no scores, so there is no difference in what comes from them.
    for (const name of metricNames.filter((metric) => metric === 'auc' || metric === 'ece')) {
      expect(comparison!.differences.metrics[name].overall.value).toBeNull();
    }
  });

  it('reports progress to the end and stops when it is cancelled', async () => {
    const fractions: number[] = [];
    const control = createJobControl('evaluation', ({ fraction }) => fractions.push(fraction));
    const result = evaluate(evaluationInput(input), { ...few, replicates: 100_000 }, control.context);
    setTimeout(control.cancel, 50);
    await expect(result).rejects.toMatchObject({ code: 'cancelled' });
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  });

  it.each([
    ['a label outside the classes', { labels: [...(input.labels as number[]).slice(1), 3] }, {}, 'predictions-invalid'],
    ['a group outside the names', { groups: [...(input.groups as number[]).slice(1), 3] }, {}, 'predictions-invalid'],
    [
      'scores that are no numbers',
      { model: { ...input.model, scores: Array.from({ length: 1800 }, () => Number.NaN) } },
      {},
      'predictions-invalid',
    ],
    ['clusters of another length', { clusters: ['a'] }, {}, 'predictions-invalid'],
    ['a baseline of fewer samples', { baseline: { predicted: [0], scores: null } }, {}, 'predictions-invalid'],
    [
      'no samples',
      { labels: [], groups: [], model: { predicted: [], scores: [] }, baseline: null },
      {},
      'group-too-small',
    ],
    ['a single group that is large enough', {}, { minimumGroupSize: 201 }, 'group-too-small'],
    ['a level of 1', {}, { level: 1 }, 'config-invalid'],
    ['half a replicate', {}, { replicates: 0.5 }, 'config-invalid'],
    ['no calibration bins', {}, { calibrationBins: 0 }, 'config-invalid'],
  ] as [string, Partial<ComparedModels>, Partial<EvaluationSettings>, string][])(
    'refuses %s',
    async (_, change, settings, code) => {
      await expect(analyse(change, settings)).rejects.toMatchObject({ code });
    },
  );

  it('refuses a baseline of other samples, and an attribute that there is not', async () => {
    const given = evaluationInput(input);
    const labels = Int32Array.from(given.baseline!.labels, (label, i) => (i === 7 ? (label + 1) % 3 : label));
    for (const changed of [
      { ...given, baseline: { ...given.baseline!, labels } },
      { ...given, attribute: 1 },
    ]) {
      await expect(evaluate(changed, few, createSilentContext())).rejects.toMatchObject({
        code: 'predictions-invalid',
      });
    }
  });
});
