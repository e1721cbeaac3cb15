import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCompute } from '../compute/startCompute';
import { createJobControl, createSilentContext } from '../foundation/createJobControl';
import type { Progress } from '../foundation/jobContext';
import { disposeModel } from '../model/disposeModel';
import type { LabModel } from '../model/labModel';
import { type ColourSample, colourDataset } from '../testing/colourDataset';
import { colourModel } from '../testing/colourModel';
import { predictDataset } from './predictDataset';

/** Logits are the mean red, green and blue, over 255. */
const passColours = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const classNames = ['red', 'green', 'blue'];

let model: LabModel;
beforeAll(async () => {
  await startCompute({ prefer: 'cpu', wasmPath: '' });
  model = colourModel(passColours, 2);
});

function sample(colour: ColourSample['colour'], label: number, group: 0 | 1 = 0): ColourSample {
  return { colour, label, group, split: 0 };
}

describe('predictDataset', () => {
  it('gives logits, predictions, labels and groups in the order of the indices', async () => {
    const dataset = colourDataset(
      [sample([255, 0, 0], 0), sample([0, 51, 0], 2, 1), sample([0, 0, 255], 2, 1), sample([0, 0, 102], 1)],
      2,
      classNames,
    );
    const found = await predictDataset(model, dataset, [3, 0, 1], createSilentContext());
    expect(Array.from(found.predicted)).toEqual([2, 0, 1]);
    expect(Array.from(found.labels)).toEqual([1, 0, 2]);
    expect(Array.from(found.groups)).toEqual([0, 0, 1]);
    const logits = [0, 0, 0.4, 1, 0, 0, 0, 0.2, 0];
    expect(found.logits).toHaveLength(9);
    for (const [index, value] of logits.entries()) expect(found.logits[index]).toBeCloseTo(value, 6);
    expect(found.accuracy).toBeCloseTo(1 / 3, 12);
    // Minus the log of the label's probability, row by row.
    const losses = [Math.log(2 + Math.exp(0.4)), Math.log(Math.E + 2) - 1, Math.log(2 + Math.exp(0.2))];
    expect(found.loss).toBeCloseTo((losses[0]! + losses[1]! + losses[2]!) / 3, 6);
  });

  it('takes the lower class on a tie', async () => {
    const dataset = colourDataset([sample([9, 9, 9], 0), sample([0, 7, 7], 2), sample([8, 0, 8], 0)], 2, classNames);
    const { predicted, accuracy } = await predictDataset(model, dataset, [0, 1, 2], createSilentContext());
    expect(Array.from(predicted)).toEqual([0, 1, 0]);
    expect(accuracy).toBeCloseTo(2 / 3, 12);
  });

  it('puts more than one batch together in order, reports every batch, and leaves no tensor behind', async () => {
    const hues = Array.from({ length: 300 }, (_, index) => index % 3);
    const dataset = colourDataset(
      hues.map((hue, index) => sample([hue === 0 ? index % 256 : 0, hue === 1 ? 255 : 0, hue === 2 ? 255 : 0], hue)),
      2,
      classNames,
    );
    const indices = hues.map((_, index) => hues.length - 1 - index);
    const reports: Progress[] = [];
    const before = memory().numTensors;
    const { context } = createJobControl('predicting', (progress) => reports.push(progress));
    const found = await predictDataset(model, dataset, indices, context);
    expect(memory().numTensors).toBe(before);
    expect(Array.from(found.predicted)).toEqual(indices.map((index) => hues[index]));
    expect(found.logits[3 * indices.indexOf(3)]).toBeCloseTo(3 / 255, 6);
    expect(found.logits[3 * indices.indexOf(153)]).toBeCloseTo(153 / 255, 6);
    expect(found.accuracy).toBe(1);
    expect(reports[0]).toMatchObject({ done: 128, total: 300, unit: 'images' });
  });

  it('stops before the next batch when it is cancelled', async () => {
    const dataset = colourDataset(
      Array.from({ length: 200 }, () => sample([1, 2, 3], 0)),
      2,
      classNames,
    );
    const control = createJobControl('predicting', () => control.cancel());
    const all = Array.from({ length: 200 }, (_, index) => index);
    await expect(predictDataset(model, dataset, all, control.context)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('refuses images of another size than the network’s', async () => {
    const dataset = colourDataset([sample([1, 2, 3], 0)], 4, classNames);
    await expect(predictDataset(model, dataset, [0], createSilentContext())).rejects.toMatchObject({
      code: 'shape-mismatch',
      details: { expected: 2, found: 4 },
    });
  });

  it('gives a loss that is no number for a network whose weights are none', async () => {
    const broken = colourModel(
      [
        [Number.NaN, 0],
        [0, 0],
        [0, 0],
      ],
      2,
    );
    const dataset = colourDataset([sample([9, 0, 0], 1)], 2, ['a', 'b']);
    expect((await predictDataset(broken, dataset, [0], createSilentContext())).loss).toBeNaN();
    disposeModel(broken);
  });
});
