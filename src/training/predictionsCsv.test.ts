import { expect, it } from 'vitest';
import { readPredictions } from '../fairness/predictions/readPredictions';
import { hostileNames } from '../testing/hostileNames';
import { textTable } from '../testing/textTable';
import { predictionsCsv } from './predictionsCsv';

const samples = {
  names: ['a.png', 'b, c.png'],
  classNames: ['naevus', 'melanoma'],
  logits: Float32Array.from([0, Math.log(3), 1000, 1000]),
};

it('gives softmax scores, also of large logits, and the first class on a tie', () => {
  expect(predictionsCsv(samples)).toBe(
    'name,prediction,score naevus,score melanoma\na.png,melanoma,0.2500000,0.7500000\n"b, c.png",naevus,0.5000000,0.5000000\n',
  );
});

it('predicts nothing where logits are no numbers', () => {
  const csv = predictionsCsv({ ...samples, names: ['a'], logits: Float32Array.from([NaN, 1]) });
  expect(csv.split('\n')[1]).toBe('a,,NaN,NaN');
});

it('is a table that the audit reads, with labels and groups', () => {
  const names = ['a', 'b', 'c', 'd'];
  const csv = predictionsCsv({
    names,
    classNames: samples.classNames,
    logits: Float32Array.from([1, 0, 0, 1, 1, 0, 0, 1]),
    known: {
      labels: ['naevus', 'melanoma', 'melanoma', 'melanoma'],
      groups: ['women', 'women', 'men', 'men'],
      groupColumn: 'sex',
      split: 'validation',
    },
  });
  expect(csv.split('\n')[0]).toBe('name,label,prediction,sex,split,score naevus,score melanoma');
  const { labels, predicted, attributes, classNames } = readPredictions(textTable(csv)).model;
  expect(classNames).toEqual(['melanoma', 'naevus']);
  expect(labels).toEqual([1, 0, 0, 0]);
  expect(predicted).toEqual([1, 0, 1, 0]);
  expect(attributes.map(({ name }) => name)).toEqual(['sex']);
  expect(new Set(attributes[0]!.groupNames)).toEqual(new Set(['women', 'men']));
});

/** The reader of tables takes blanks at the ends away and writes line ends in one way. */
const oneLine = (text: string) => text.trim().replaceAll(/\s+/g, ' ');

it.each(hostileNames)('a class, group and image that are called %j are read as they were', (name) => {
  const csv = predictionsCsv({
    names: [`${name}1`, `${name}2`, 'c', 'd'],
    classNames: [name, 'b'],
    logits: Float32Array.from([1, 0, 0, 1, 1, 0, 0, 1]),
    known: {
      labels: [name, 'b', name, 'b'],
      groups: [name, name, 'men', 'men'],
      groupColumn: 'group',
      split: 'validation',
    },
  });
  const column = (title: string) => {
    const found = textTable(csv).columns.find((candidate) => candidate.name === title)!;
    return Array.from(found.codes, (code) => oneLine(found.values[code]!));
  };
  expect(column('label')).toEqual([name, 'b', name, 'b'].map(oneLine));
  expect(column('prediction')).toEqual([name, 'b', name, 'b'].map(oneLine));
  expect(column('group')).toEqual([name, name, 'men', 'men'].map(oneLine));
  expect(column('name').slice(0, 2)).toEqual([`${name}1`, `${name}2`].map(oneLine));
});
