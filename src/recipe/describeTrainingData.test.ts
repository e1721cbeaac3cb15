import { describe, expect, it } from 'vitest';
import { datasetId } from '../foundation/ids';
import { describeTrainingData, matchTrainingData } from './describeTrainingData';

const splitHashes = { train: 't1', validation: 'v1', test: 'x1' };
const data = { id: datasetId('d1'), name: 'Demo, bias 1', classNames: ['a', 'b'], splitHashes };
const trainedOn = { datasetId: data.id, name: data.name, trainSplitHash: 't1' };
const model = { name: 'net', classNames: ['a', 'b'], trainedOn };

describe('a model and the data it is used on', () => {
  it('are at home on the dataset that it was trained on', () => {
    expect(matchTrainingData(model, data)).toBe('same');
    expect(describeTrainingData(model, data)).toBeNull();
  });

  it('are at home, too, on the same training images under another grouping', () => {
    expect(matchTrainingData(model, { ...data, id: datasetId('d2') })).toBe('same');
  });

  it('are not at home with other classes of images of the same names', () => {
    expect(matchTrainingData(model, { ...data, id: datasetId('d2'), classNames: ['a', 'c'] })).toBe('other');
  });

  it('are said to be strangers on other data', () => {
    const other = {
      ...data,
      id: datasetId('d0'),
      name: 'Demo, bias 0',
      splitHashes: { ...splitHashes, train: 't0' },
    };
    expect(describeTrainingData(model, other)).toBe(
      '“net” was trained on “Demo, bias 1”, not on these data (“Demo, bias 0”): its numbers say how it does on images that are new to it.',
    );
  });

  it('are told apart by their split under one name, as learnt images may now be measured', () => {
    const resplit = { ...data, id: datasetId('d3'), splitHashes: { ...splitHashes, train: 't3' } };
    expect(describeTrainingData(model, resplit)).toBe(
      '“net” was trained on another draw or split of “Demo, bias 1”: images that it has learnt may be among those that are measured.',
    );
  });

  it('cannot be told where the lab did not train the model', () => {
    expect(describeTrainingData({ name: 'net', classNames: ['a', 'b'] }, data)).toBe(
      'What data “net” was trained on is not known to the lab.',
    );
  });
});
