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
    expect(suggestGroups('fitzpatrick', counts({ [light]: 1, [dark]: 9 })).rule).toEqual({
      kind: 'values',
      group0: [dark],
      group1: [light],
    });
  });

  it('puts female into group 0, however many there are', () => {
    expect(suggestGroups('sex', counts({ female: 9, male: 1 }))).toEqual({
      rule: { kind: 'values', group0: ['female'], group1: ['male'] },
      names: ['female', 'male'],
    });
  });

  it('takes spellings of a sex for one each, in other languages too', () => {
    expect(suggestGroups('geschlecht', counts({ weiblich: 4, w: 1, männlich: 3, M: 9 })).rule).toEqual({
      kind: 'values',
      group0: ['weiblich'],
      group1: ['M'],
    });
  });

  it('puts what is no skin type beside skin types into neither group', () => {
    expect(suggestGroups('skin_type', counts({ I: 3, '1': 2, II: 3, V: 3, '5.0': 1, 'IV-V': 2 })).rule).toEqual({
      kind: 'values',
      group0: ['V'],
      group1: ['I', 'II'],
    });
  });

  it('puts dark into group 0, however many there are', () => {
    expect(suggestGroups('tone', counts({ dark: 9, light: 1 })).names).toEqual(['dark', 'light']);
  });

  it('cuts ages at 60, and other numbers at their median so that neither side is empty', () => {
    expect(suggestGroups('age_approx', counts({ 30: 2, 50: 2, 70: 3 }))).toEqual({
      rule: { kind: 'cut', from: 60, above: 0 },
      names: ['age_approx ≥ 60', 'age_approx < 60'],
    });
    expect(suggestGroups('age', counts({ 30: 2, 40: 2, 50: 3 })).rule).toMatchObject({ from: 40 });
    expect(suggestGroups('size', counts({ 30: 2, 50: 2, 70: 3 })).rule).toMatchObject({ from: 50 });
    expect(suggestGroups('size', counts({ 30: 9, 50: 1, 70: 1 })).rule).toMatchObject({ from: 50 });
  });

  it('sets everything else against the most frequent value, and shortens long names', () => {
    const { rule, names } = suggestGroups(
      'race',
      counts({ White: 5, Black: 2, 'East Asian': 1, 'Southeast Asian': 1, 'Middle Eastern': 1, Indian: 1 }),
    );
    expect(rule).toMatchObject({ group1: ['White'] });
    expect(rule.kind === 'values' && rule.group0).toHaveLength(5);
    expect(names[0]).toBe('Black and 4 others');
  });
});
