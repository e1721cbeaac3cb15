import { describe, expect, it } from 'vitest';
import { suggestGroups } from './suggestGroups';

function counts(entries: Record<string, number>): Map<string, number> {
  return new Map(Object.entries(entries));
}

describe('suggestGroups', () => {
  it.each([
    ['1', '6'],
    ['1.0', '6.0'],
    ['I', 'VI'],
    ['type II', 'type V'],
    ['FST3', 'FST4'],
  ])('puts skin type %s into group 1 and %s into group 0', (light, dark) => {
    expect(suggestGroups('fitzpatrick', counts({ [light]: 1, [dark]: 9 }))).toMatchObject({
      group0Values: [dark],
      group1Values: [light],
    });
  });

  it('puts female into group 0, however many there are', () => {
    expect(suggestGroups('sex', counts({ female: 9, male: 1 }))).toEqual({
      group0Values: ['female'],
      group1Values: ['male'],
      group0Name: 'female',
      group1Name: 'male',
    });
  });

  it('cuts numbers at their median and leaves neither side empty', () => {
    expect(suggestGroups('age', counts({ 30: 2, 50: 2, 70: 3 })).group0Values).toEqual(['50', '70']);
    expect(suggestGroups('age', counts({ 30: 9, 50: 1, 70: 1 })).group0Values).toEqual(['50', '70']);
  });

  it('sets everything else against the most frequent value, and shortens long names', () => {
    const { group0Values, group1Values, group0Name } = suggestGroups(
      'race',
      counts({ White: 5, Black: 2, 'East Asian': 1, 'Southeast Asian': 1, 'Middle Eastern': 1, Indian: 1 }),
    );
    expect(group1Values).toEqual(['White']);
    expect(group0Values).toHaveLength(5);
    expect(group0Name).toBe('Black and 4 others');
  });
});
