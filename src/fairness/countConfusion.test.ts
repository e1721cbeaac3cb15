import { describe, expect, it } from 'vitest';
import { type ClassifiedSamples, countConfusion } from './countConfusion';

const valid: ClassifiedSamples = { labels: [0, 1, 1, 0], predicted: [0, 1, 0, 1], groups: [0, 0, 1, 1], classCount: 2 };

describe('countConfusion', () => {
  it('counts labels, predictions and hits by group and class', () => {
    const counts = countConfusion({ ...valid, labels: [0, 1, 1, 1], classCount: 3 });
    expect([...counts.support]).toEqual([1, 1, 0, 0, 2, 0]);
    expect([...counts.predicted]).toEqual([1, 1, 0, 1, 1, 0]);
    expect([...counts.hits]).toEqual([1, 1, 0, 0, 1, 0]);
  });

  it.each([
    ['a label past the last class', { labels: [0, 1, 2, 3] }, 2],
    ['a negative label', { labels: [0, -1, 1, 0] }, 1],
    ['a prediction past the last class', { predicted: [0, 1, 0, 2] }, 3],
    ['a prediction that is no whole number', { predicted: [0.5, 1, 0, 1] }, 0],
    ['a prediction that is no number', { predicted: [0, Number.NaN, 0, 1] }, 1],
    ['a third group', { groups: [0, 0, 2, 1] }, 2],
  ])('refuses %s, naming the first position', (_, change, position) => {
    expect(() => countConfusion({ ...valid, ...change })).toThrow(
      expect.objectContaining({ code: 'predictions-invalid', details: expect.objectContaining({ position }) }),
    );
  });

  it.each([
    ['predictions', { predicted: [0, 1, 0] }],
    ['groups', { groups: [0, 0, 1, 1, 1] }],
  ])('refuses %s of another length than the labels', (_, change) => {
    expect(() => countConfusion({ ...valid, ...change })).toThrow(
      expect.objectContaining({ code: 'predictions-invalid', message: expect.stringContaining('4 labels') }),
    );
  });

  it('refuses a number of classes that is not a whole number from 1 up', () => {
    for (const classCount of [0, -1, 1.5, Number.NaN]) {
      expect(() => countConfusion({ ...valid, classCount })).toThrow(
        expect.objectContaining({ code: 'predictions-invalid' }),
      );
    }
  });
});
