import { expect, it } from 'vitest';
import { fakeRecord } from '../testing/fakeData';
import { criterionSeries, fateBand, fateSeries, noiseBand } from './runRows';

const record = fakeRecord();

it('starts every arm at the baseline, whose FATE is 0', () => {
  for (const { points } of fateSeries(record, 'eodd')) {
    expect(points[0]).toEqual({ round: 0, value: 0, low: null, high: null, isChosen: false });
    expect(points.map(({ round }) => round)).toEqual([0, 1, 2, 3]);
  }
});

it('takes value, interval and choice from the record', () => {
  const arm = record.arms[0]!;
  const point = fateSeries(record, 'eopp1')[0]!.points[2]!;
  expect(point.value).toBe(arm.rounds[1]!.evaluation.fate!.eopp1);
  expect(point.low).toBe(arm.rounds[1]!.evaluation.bootstrap!.fate!.eopp1!.low);
  expect(point.isChosen).toBe(true);
});

it('leaves a point without a value where FATE is undefined', () => {
  const [first, ...others] = record.arms;
  const [round, ...later] = first!.rounds;
  const undefinedFate = {
    ...round!,
    evaluation: { ...round!.evaluation, fate: { eopp0: null, eopp1: null, eodd: null } },
  };
  const changed = { ...record, arms: [{ ...first!, rounds: [undefinedFate, ...later] }, ...others] };
  expect(fateSeries(changed, 'eodd')[0]!.points[1]!.value).toBeNull();
});

it('starts the criterion itself at the unpruned model', () => {
  expect(criterionSeries(record, 'eodd')[0]!.points[0]!.value).toBe(record.baseline.evaluation.report.eodd);
});

it('gives the band of chance for the unpruned model and every round', () => {
  expect(noiseBand(record, record.arms[0], 'eodd')).toEqual(
    [0, 1, 2, 3].map((round) => ({ round, low: 0.02, high: 0.08 })),
  );
  expect(noiseBand(record, undefined, 'eodd')).toHaveLength(1);
});

it('gives the band of FATE in which the gap left is one that chance shows', () => {
  const { report } = record.baseline.evaluation;
  const [arm] = record.arms;
  const rounds = [
    {
      ...arm!.rounds[0]!,
      evaluation: {
        ...arm!.rounds[0]!.evaluation,
        report: { ...report, rows: { ...report.rows, f1: { ...report.rows.f1, avg: 0.6 } } },
      },
    },
  ];
  const changed = {
    ...record,
    baseline: {
      ...record.baseline,
      evaluation: {
        ...record.baseline.evaluation,
        report: { ...report, eodd: 0.1, rows: { ...report.rows, f1: { ...report.rows.f1, avg: 0.5 } } },
      },
    },
  };
  const [band] = fateBand(changed, { ...arm!, rounds }, 'eodd');
  // The band of gaps is 0.02 to 0.08: 0.1/0.5 - (0.08 - 0.1)/0.1 and 0.1/0.5 - (0.02 - 0.1)/0.1.
  expect(band!.round).toBe(1);
  expect(band!.low).toBeCloseTo(0.4, 12);
  expect(band!.high).toBeCloseTo(1, 12);
  expect(fateBand(changed, undefined, 'eodd')).toEqual([]);
});
