import { expect, it } from 'vitest';
import { checkPair, pairObstacles } from './checkPair';

const model = { imageSize: 64, classNames: ['a', 'b', 'c'] };
const groupNames = ['light', 'dark'];
const preprocessing = {
  imageSize: 64,
  mean: [0, 0, 0] as [number, number, number],
  std: [1, 1, 1] as [number, number, number],
};

it('a pair of one size and number of classes has no obstacle, whatever the classes are called', () => {
  expect(pairObstacles(model, { imageSize: 64, classNames: ['x', 'y', 'z'], groupNames }, 'measures')).toEqual([]);
});

it('another number of classes bars measuring, not scoring', () => {
  const data = { imageSize: 64, classNames: ['a', 'b'], groupNames };
  expect(pairObstacles(model, data, 'measures')).toEqual(['The dataset has 2 classes (a, b), the model 3 (a, b, c).']);
  expect(pairObstacles(model, data, 'maps')).toEqual([]);
});

it('another image size bars both', () => {
  const data = { imageSize: 32, classNames: model.classNames, groupNames };
  for (const use of ['maps', 'measures'] as const) {
    expect(pairObstacles(model, data, use)).toEqual(['The data’s images are 32 × 32 pixels, the model takes 64 × 64.']);
    expect(() => checkPair({ preprocessing, classNames: model.classNames }, data, use)).toThrow(
      expect.objectContaining({ code: 'model-mismatch' }),
    );
  }
});

it('a model that is told the group takes no other groups, nor these in another order', () => {
  const told = { ...model, groupInput: { attribute: 'skin', names: ['light', 'dark'] } };
  for (const use of ['maps', 'measures'] as const) {
    expect(pairObstacles(told, { ...model, groupNames }, use)).toEqual([]);
    expect(pairObstacles(told, { ...model, groupNames: ['dark', 'light'] }, use)).toEqual([
      'The dataset’s groups are dark, light; the model was made for light, dark, in this order.',
    ]);
    expect(() => checkPair({ ...told, preprocessing }, { ...model, groupNames: ['light'] }, use)).toThrow(
      expect.objectContaining({ code: 'model-mismatch', message: expect.stringContaining('groups are light;') }),
    );
  }
});
