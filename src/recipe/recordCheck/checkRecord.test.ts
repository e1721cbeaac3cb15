import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabError } from '../../foundation/labError';
import { fullRecord } from '../../testing/fullRecord';
import { formatRunRecord, parseRunRecord } from '../parseRunRecord';
import type { Evaluation, RunRecord } from '../runRecord';

type Tree = Record<string, unknown>;

/** The full record as text, with values put elsewhere in its JSON. */
function changed(changes: Record<string, unknown>): string {
  const json = JSON.parse(formatRunRecord(fullRecord())) as Tree;
  for (const [path, value] of Object.entries(changes)) put(json, path.split('.'), value);
  return JSON.stringify(json);
}

function put(tree: Tree, keys: string[], value: unknown): void {
  const parent = keys.slice(0, -1).reduce((object, key) => object[key] as Tree, tree);
  parent[keys.at(-1)!] = value;
}

const round = 'arms.0.rounds.0';

it('a record with every part that it may have is read as it was written', () => {
  expect(parseRunRecord(changed({}))).toEqual(fullRecord());
});

describe('figures that do not follow from the counts are refused, with what was found and what was expected', () => {
  it.each([
    // By hand: one error of four in group 0 leaves TPR 1/2 and 1 against 1 and 1, so Eopp1 is 1/4.
    [`${round}.evaluation.report.eopp1`, 0.1, '0.1', '0.25'],
    [`${round}.evaluation.report.groups.0.accuracy`, 1, '1', '0.75'],
    ['baseline.evaluation.report.rows.f1.avg', 0.8, '0.8', '0.75'],
    ['baseline.evaluation.report.groups.0.perClass.0.support', 3, '3', '2'],
    ['baseline.evaluation.detail.gaps.eoddSeparate', 0.4, '0.4', '0.5'],
    // Avg F1 rises from 3/4 to 13/15, Eopp1 falls to its half: FATE = 7/45 + 1/2.
    [`${round}.evaluation.fate.eopp1`, 0.9, '0.9', '0.65555'],
    // Without a gap of the unpruned model FATE is no number.
    [`${round}.evaluation.fate.eodd`, 0.9, '0.9', 'missing'],
    [`${round}.evaluation.noiseFloor.byCriterion.eopp1.observed`, 0.3, '0.3', '0.25'],
    [`${round}.evaluation.noiseFloor.byCriterion.eopp1.aboveFloor`, false, 'false', 'true'],
    ['contests.0.difference.eopp1.value', 0.5, '0.5', '0'],
    ['testLooks.0.contests.0.gapDifference.eopp1.value', 0.5, '0.5', '0'],
    ['arms.0.stop', null, 'none', 'round 2, no-fairness-gain'],
    ['arms.0.stop.reason', 'accuracy-drop', 'accuracy-drop', 'no-fairness-gain'],
    [`${round}.evaluation.probe.auc`, 0.9, '0.9', '0.6'],
  ])('%s as %s', (field, value, found, expected) => {
    const refused = refusalOf(changed({ [field]: value }));
    expect(refused).toMatchObject({ code: 'record-invalid' });
    expect(field).toContain(String(refused.details!.field).split('.').slice(0, 3).join('.'));
    expect(refused.message).toContain(found);
    expect(refused.message).toContain(expected);
  });

  it('two rates that were changed together do not add up to the samples', () => {
    const path = 'baseline.evaluation.report.groups.0.perClass.0';
    const { message } = refusalOf(changed({ [`${path}.tpr`]: 1 }));
    expect(message).toContain('baseline.evaluation.report.groups.0.perClass" is 5 predictions');
  });

  it('predictions that the rates do not speak of', () => {
    const { message } = refusalOf(changed({ 'baseline.evaluation.predicted.0': 0 }));
    expect(message).toContain('is class 0 for 5 samples; by the rest of the record it should be class 0 for 4');
  });

  it('a figure that was rounded to seven digits is no other figure', () => {
    const record = fullRecord();
    const text = JSON.stringify(JSON.parse(formatRunRecord(record)), (_, value: unknown) =>
      typeof value === 'number' ? Number(value.toPrecision(7)) : value,
    );
    expect(() => parseRunRecord(text)).not.toThrow();
  });
});

describe('lists and numbers that cannot be', () => {
  it.each([
    ['a class without counts', 'dataset.classNames', ['naevus', 'melanoma', 'third']],
    ['counts of three groups', 'dataset.counts.test.0', [2, 2, 2]],
    ['a count below 0', 'dataset.counts.test.0.0', -2],
    ['half an image', 'dataset.counts.train.0.0', 1.5],
    ['a model for fewer classes', 'model.classNames', ['naevus']],
    ['a model for larger images', 'model.imageSize', 64],
    ['a score too few', 'baseline.scores.scores', [0.5, 0.25, null]],
    ['a standard error too many', 'baseline.scores.standardErrors', [0.1, 0.1, 0.1, 0.1, 0.1]],
    ['a channel outside of the layer', 'baseline.scores.originalChannels.3', 4],
    ['a channel twice', 'baseline.scores.originalChannels.1', 0],
    ['scores of another layer', 'baseline.scores.layer', 'conv1'],
    ['more images than there are', 'baseline.scores.imagesUsed', 9],
    ['a channel that is gone already', 'arms.0.rounds.1.prunedOriginal', [1]],
    ['a channel that never was', `${round}.prunedOriginal`, [7]],
    ['channels that are not left', `${round}.channelsLeft`, 4],
    ['scores of a channel that is gone', `${round}.scoresAfter.originalChannels.1`, 1],
    ['rounds that skip one', 'arms.0.rounds.1.round', 3],
    ['epochs that skip one', `${round}.history.0.epoch`, 2],
    ['an accuracy above 1', `${round}.history.0.validationAccuracy`, 1.5],
    ['a loss below 0', `${round}.evaluation.loss`, -1],
    ['a rate above 1', 'baseline.evaluation.report.groups.0.perClass.0.fpr', 1.5],
    ['a class that there is not', 'baseline.evaluation.predicted.0', 2],
    ['a prediction too few', 'baseline.evaluation.predicted', [1, 0, 0, 1, 0, 0, 1]],
    ['a round that is chosen and not there', 'arms.0.chosenRound', 3],
    ['a stop after a round that is not there', 'arms.0.stop.round', 3],
    ['a look at a round that is not there', 'testLooks.0.arms.0.round', 3],
    ['a look at another split', 'testLooks.0.baseline.split', 'validation'],
    ['a look at no time', 'testLooks.0.at', 'yesterday'],
    ['an arm that the settings lack', 'arms.1.arm', 'lowest-l1'],
    ['an interval upside down', `${round}.evaluation.bootstrap.fate.eopp1`, { low: 1, high: 0 }],
    ['a floor upside down', `${round}.evaluation.noiseFloor.byCriterion.eopp1.q05`, 0.5],
    ['bins of other samples', 'baseline.evaluation.detail.scores.groups.0.reliability.0.n', 8],
    ['FATE of the unpruned model', 'baseline.evaluation.fate', { eopp0: 0, eopp1: 0, eodd: 0 }],
  ])('%s', (_, field, value) => {
    expect(refusalOf(changed({ [field]: value })).code).toBe('record-invalid');
  });
});

describe('a reported round is chosen by the rule of this version, whatever the file says', () => {
  it.each([0, 2])('round %i in the file', (chosenRound) => {
    expect(parseRunRecord(changed({ 'arms.0.chosenRound': chosenRound })).arms[0]!.chosenRound).toBe(1);
  });
});

it('a record with any one number changed is refused by name, or shows the same figures', () => {
  const original = JSON.parse(formatRunRecord(fullRecord())) as Tree;
  const paths = numberPaths(original, []);
  const figures = figuresOf(parseRunRecord(JSON.stringify(original)));
  expect(paths.length).toBeGreaterThan(300);
  const number = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.integer(),
    fc.integer({ min: 0, max: 8 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...paths), number, (path, value) => {
      const json = structuredClone(original);
      put(json, path, value);
      let read: RunRecord;
      try {
        read = parseRunRecord(JSON.stringify(json));
      } catch (error) {
        expect(error).toBeInstanceOf(LabError);
        expect(error).toMatchObject({ code: 'record-invalid' });
        expect((error as LabError).message).toMatch(/field "[\w.]+"|has a version/);
        return;
      }
      expect(flat(figuresOf(read))).toEqual(flat(figures).map((figure) => expect.closeTo(figure, 5)));
    }),
    { numRuns: 1500, seed: 7 },
  );
});

function refusalOf(text: string): LabError {
  try {
    parseRunRecord(text);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
  throw new Error('The record was read.');
}

function numberPaths(tree: unknown, path: string[]): string[][] {
  if (typeof tree === 'number') return [path];
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([key, value]) => numberPaths(value, [...path, key]));
}

/** What the lab says of a run that its counts can prove: F1, gaps and FATE of every evaluation, and the reported rounds. */
function figuresOf(record: RunRecord): number[][] {
  const evaluations = [
    record.baseline.evaluation,
    ...record.arms.flatMap(({ rounds }) => rounds.map(({ evaluation }) => evaluation)),
    ...record.testLooks.flatMap((look) => [look.baseline, ...look.arms.map(({ evaluation }) => evaluation)]),
  ];
  return [...evaluations.map(figures), record.arms.map(({ chosenRound }) => chosenRound)];
}

function figures({ report, fate }: Evaluation): number[] {
  const { eopp0, eopp1, eodd, rows } = report;
  return [rows.f1.avg, rows.f1.diff, eopp0, eopp1, eodd, fate?.eopp0 ?? -9, fate?.eopp1 ?? -9, fate?.eodd ?? -9];
}

function flat(lists: number[][]): number[] {
  return lists.flat();
}
