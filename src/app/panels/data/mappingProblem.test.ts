import { describe, expect, it } from 'vitest';
import type { ImportMapping } from '../../../dataset/importMapping';
import { mappingProblem } from './mappingProblem';

const whole: ImportMapping = {
  table: 'labels.csv',
  imageColumn: 'file',
  labelColumn: 'dx',
  groupColumn: 'sex',
  group0Values: ['female'],
  group1Values: ['male'],
  group0Name: 'female',
  group1Name: 'male',
  clusterColumn: null,
  splitColumn: null,
};

describe('what keeps a mapping from being used', () => {
  it('is nothing when every column and both groups are chosen', () => expect(mappingProblem(whole)).toBeNull());

  it.each([
    [{ imageColumn: '' }, /image/],
    [{ labelColumn: '' }, /label/],
    [{ groupColumn: '' }, /groups/],
    [{ groupColumn: 'dx' }, /same column/],
    [{ group0Values: [] }, /group 0/],
    [{ group1Values: [] }, /group 1/],
  ])('names what is missing: %j', (change, text) => {
    expect(mappingProblem({ ...whole, ...change })).toMatch(text);
  });
});
