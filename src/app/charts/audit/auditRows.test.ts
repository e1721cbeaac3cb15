import { describe, expect, it } from 'vitest';
import { reportOf } from '../../../testing/reportOf';
import { classGapRows } from './classGapRows';
import { levellingRows } from './levellingRows';
import { markFront } from './paretoRows';
import { reliabilitySeries } from './reliabilityRows';

/** Group 0 has two samples of class 0 (one found), one of class 1 (found); group 1 has four of class 0 (all found). */
const labels = [0, 0, 1, 0, 0, 0, 0];
const groups = [0, 0, 0, 1, 1, 1, 1];
const report = (predicted: number[]) => reportOf({ labels, predicted, groups, classCount: 3 });
const model = report([0, 1, 1, 0, 0, 0, 0]);

describe('class gaps', () => {
  it('are sorted by width; a class of one group has none and comes last', () => {
    expect(classGapRows(model.groups, ['nevus', 'melanoma', 'wart'])).toEqual([
      {
        className: 'nevus',
        groups: [
          { n: 2, tpr: 0.5 },
          { n: 4, tpr: 1 },
        ],
        gap: 0.5,
        interval: null,
      },
      {
        className: 'melanoma',
        groups: [
          { n: 1, tpr: 1 },
          { n: 0, tpr: null },
        ],
        gap: null,
        interval: null,
      },
      {
        className: 'wart',
        groups: [
          { n: 0, tpr: null },
          { n: 0, tpr: null },
        ],
        gap: null,
        interval: null,
      },
    ]);
  });
});

describe('levelling', () => {
  it('goes from the baseline to the model for each group, with its samples', () => {
    const before = report([0, 0, 1, 0, 0, 1, 1]);
    expect(levellingRows({ before: before.groups, after: model.groups }, ['dark', 'light'], 'accuracy')).toEqual([
      { group: 0, name: 'dark', n: 3, before: 1, after: 2 / 3 },
      { group: 1, name: 'light', n: 4, before: 0.5, after: 1 },
    ]);
  });
});

describe('the front', () => {
  it('is what no other point beats: as good in one and better in the other', () => {
    const points = [
      { f1: 0.8, gap: 0.3 },
      { f1: 0.8, gap: 0.2 },
      { f1: 0.7, gap: 0.1 },
      { f1: 0.6, gap: 0.1 },
      { f1: 0.7, gap: 0.1 },
    ];
    expect(markFront(points).map(({ isOnFront }) => isOnFront)).toEqual([false, true, true, false, true]);
  });
});

describe('calibration of a run', () => {
  const bin = { low: 0.5, high: 1, n: 4, confidence: 0.75, accuracy: 0.5 };
  const empty = { low: 0, high: 0.5, n: 0, confidence: null, accuracy: null };
  const summary = { auc: null, brier: 0.4, ece: 0.25, reliability: [empty, bin] };

  it('leaves out bins without samples, and takes the size of each group from the table', () => {
    expect(reliabilitySeries(['dark', 'light'], model.groups, { groups: [summary, summary] })).toEqual([
      { group: 0, name: 'dark', n: 3, ece: 0.25, points: [{ confidence: 0.75, accuracy: 0.5, n: 4 }] },
      { group: 1, name: 'light', n: 4, ece: 0.25, points: [{ confidence: 0.75, accuracy: 0.5, n: 4 }] },
    ]);
  });

  it('is not there in records from before it was kept', () => {
    expect(reliabilitySeries(['dark', 'light'], model.groups, undefined)).toBeNull();
  });
});
