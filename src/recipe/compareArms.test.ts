import { describe, expect, it } from 'vitest';
import { fateByCriterion } from '../fairness/computeFate';
import { createSilentContext } from '../foundation/createJobControl';
import { colourDataset } from '../testing/colourDataset';
import { reportOf } from '../testing/reportOf';
import { compareArms } from './compareArms';
import { completeRunConfig } from './runConfig';
import type { Evaluation } from './runRecord';

/** Forty validation samples of two classes and groups, after one of the training split, which counts for nothing. */
const sample = (label: number, group: 0 | 1, split: 0 | 1) => ({ colour: [0, 0, 0] as const, label, group, split });
const cells = Array.from({ length: 40 }, (_, i) => sample(i % 2, i < 20 ? 0 : 1, 1));
const dataset = colourDataset([sample(1, 1, 0), ...cells], 4, ['a', 'b']);
const labels = cells.map(({ label }) => label);
const groups = cells.map(({ group }) => group);

/** So many of group 0's twenty are predicted wrong; group 1 has two errors. */
function evaluationWith(errors: number): Evaluation {
  const predicted = labels.map((label, i) => (i < errors || i === 20 || i === 21 ? 1 - label : label));
  const report = reportOf({ labels, predicted, groups, classCount: 2 });
  return { split: 'validation', report, fate: null, bootstrap: null, noiseFloor: null, predicted, loss: 0.5 };
}

const baseline = evaluationWith(10);
const result = (arm: string, round: number, errors: number) => ({ arm, round, evaluation: evaluationWith(errors) });

function compare(results: ReturnType<typeof result>[], replicates = 200, against = baseline) {
  const config = completeRunConfig({ statistics: { replicates, permutations: 0 } });
  return compareArms({ dataset, split: 'validation', baseline: against, results, config }, createSilentContext());
}

describe('compareArms', () => {
  it('gives the difference of FATE after the same round, with an interval round it', async () => {
    const results = [result('random', 3, 8), result('snnl', 3, 4), result('fine-tune-only', 3, 4)];
    const contests = await compare(results);
    expect(contests.map(({ rival, round, rivalRound }) => [rival, round, rivalRound])).toEqual([
      ['random', 3, 3],
      ['fine-tune-only', 3, 3],
    ]);
    const fateOf = (index: number) => fateByCriterion(results[index]!.evaluation.report, baseline.report);
    const { value, interval } = contests[0]!.difference.eopp1;
    expect(value).toBeCloseTo(fateOf(1).eopp1! - fateOf(0).eopp1!, 12);
    expect(interval!.low).toBeLessThan(value!);
    expect(interval!.high).toBeGreaterThan(value!);
    // The last arm predicts as SNNL-Fair does.
    expect(contests[1]!.difference.eopp1).toEqual({ value: 0, interval: { low: 0, high: 0 } });
    // Errors are alike in both classes, so that Eodd cancels to 0 in the baseline.
    expect(contests[0]!.difference.eodd).toEqual({ value: null, interval: null });
  });

  it('gives the difference of the gaps themselves, which needs no gap in the baseline', async () => {
    const results = [result('random', 1, 8), result('snnl', 1, 4)];
    const [contest] = await compare(results);
    // 4 of 20 wrong against 8 of 20, half in each class: TPRs fall short by 0.2 and 0.4, and group 1's by 0.1.
    expect(contest!.gapDifference!.eopp1.value).toBeCloseTo(0.1 - 0.3, 12);
    expect(contest!.gapDifference!.eopp1.interval!.low).toBeLessThan(-0.2);
  });

  it('gives no difference of FATE where the baseline’s gap is within its noise floor', async () => {
    const floor = { observed: 0.4, mean: 0.2, q05: 0.1, q95: 0.5, aboveFloor: false };
    const noiseFloor = { permutations: 100, byCriterion: { eopp0: floor, eopp1: floor, eodd: floor } };
    const [contest] = await compare([result('random', 1, 8), result('snnl', 1, 4)], 200, { ...baseline, noiseFloor });
    expect(contest!.difference.eopp1).toEqual({ value: null, interval: null });
    expect(contest!.gapDifference!.eopp1.value).toBeCloseTo(-0.2, 12);
  });

  it('leaves out an arm that is not at the same round', async () => {
    expect(await compare([result('random', 1, 8), result('snnl', 3, 4)])).toEqual([]);
  });

  it('compares nothing without SNNL-Fair, without rivals, or without replicates', async () => {
    expect(await compare([result('random', 1, 8)])).toEqual([]);
    expect(await compare([result('snnl', 1, 8)])).toEqual([]);
    expect(await compare([result('snnl', 1, 4), result('random', 1, 8)], 0)).toEqual([]);
  });
});
