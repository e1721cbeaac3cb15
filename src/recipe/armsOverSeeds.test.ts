import { expect, it } from 'vitest';
import { handMadeRecord } from '../testing/handMadeRecord';
import { armsOverSeeds, reportedRound, unprunedOverSeeds } from './armsOverSeeds';
import type { ArmRecord, RoundRecord, RunRecord } from './runRecord';

/** A round with these values in every statistic but FATE. */
function round(number: number, value: number, fate: number | null): RoundRecord {
  const found = handMadeRecord().arms[0]!.rounds[0]!;
  const { report } = found.evaluation;
  const f1 = { ...report.rows.f1, avg: value };
  return {
    ...found,
    round: number,
    evaluation: {
      ...found.evaluation,
      fate: { eopp0: null, eopp1: null, eodd: fate },
      report: { ...report, rows: { ...report.rows, f1 }, eopp0: value / 10, eopp1: value / 5, eodd: value / 2 },
    },
  };
}

interface Seed {
  snnl: RoundRecord[];
  chosen: number;
  random: RoundRecord[];
}

function run(seed: number, { snnl, chosen, random }: Seed): RunRecord {
  const record = handMadeRecord();
  const arm = (name: ArmRecord['arm'], rounds: RoundRecord[], chosenRound: number): ArmRecord => ({
    arm: name,
    rounds,
    stop: null,
    chosenRound,
  });
  return {
    ...record,
    config: { ...record.config, seed, pruning: { ...record.config.pruning, criterion: 'eodd' } },
    arms: [arm('snnl', snnl, chosen), arm('random', random, 1)],
  };
}

const two = [
  run(1, { snnl: [round(1, 0.6, 0.1), round(2, 0.2, 0.3)], chosen: 1, random: [round(1, 0.4, 0), round(2, 0.3, 0)] }),
  run(2, { snnl: [round(1, 0.1, 0), round(2, 0.8, 0.5)], chosen: 2, random: [round(1, 0.9, 0), round(2, 0.2, 0.1)] }),
];

it('every arm is looked at after the round that SNNL-Fair reports in that seed, and compared seed by seed', () => {
  const [snnl, random] = armsOverSeeds(two, reportedRound);
  // SNNL-Fair 0.6 and 0.8: mean 0.7, sample SD √(2 · 0.1²) = 0.1414…; random 0.4 and 0.2.
  expect(snnl!.summaries.f1!.mean).toBeCloseTo(0.7, 12);
  expect(snnl!.summaries.f1!.sd).toBeCloseTo(Math.SQRT2 / 10, 12);
  expect(random!.summaries.f1!.mean).toBeCloseTo(0.3, 12);
  expect(random!.summaries.eopp0!.mean).toBeCloseTo(0.03, 12);
  expect(random!.summaries.eopp1!.mean).toBeCloseTo(0.06, 12);
  expect(random!.summaries.eodd!.mean).toBeCloseTo(0.15, 12);
  expect(random!.summaries.fate!.mean).toBeCloseTo(0.05, 12);
  expect(snnl!.against).toBeNull();
  // Differences 0.2 and 0.6: mean 0.4, SD 0.2828…; of FATE 0.1 and 0.4.
  expect(random!.against!.f1!.difference.mean).toBeCloseTo(0.4, 12);
  expect(random!.against!.f1!.difference.sd).toBeCloseTo(Math.SQRT2 / 5, 12);
  expect(random!.against!.fate!.difference.mean).toBeCloseTo(0.25, 12);
});

it('after a fixed round the same two runs give other numbers', () => {
  const [snnl] = armsOverSeeds(two, () => 2);
  expect(snnl!.summaries.f1!.mean).toBeCloseTo(0.5, 12);
});

it('where SNNL-Fair reports no round its last stands for it; a FATE that is no number is not averaged over', () => {
  const none = run(3, { snnl: [round(1, 0.5, 0.1), round(2, 0.3, null)], chosen: 0, random: [round(1, 0.5, 0)] });
  const [snnl, random] = armsOverSeeds([...two, none], reportedRound);
  expect(snnl!.summaries.f1!.mean).toBeCloseTo((0.6 + 0.8 + 0.3) / 3, 12);
  expect(snnl!.summaries.fate).toBeNull();
  expect(random).toMatchObject({
    doneCount: 2,
    summaries: { f1: { n: 2 } },
    against: { f1: { difference: { n: 2 } } },
  });
});

it('the unpruned model is the same for every seed', () => {
  const { f1, fate } = unprunedOverSeeds(two);
  expect(f1).toMatchObject({ n: 2, mean: handMadeRecord().baseline.evaluation.report.rows.f1.avg, sd: 0 });
  expect(fate).toBeNull();
});
