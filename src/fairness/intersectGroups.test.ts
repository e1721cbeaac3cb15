import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../foundation/createJobControl';
import { evaluationInput } from '../testing/evaluationInput';
import { defaultEvaluationSettings, evaluate } from './evaluate';
import { intersectGroups } from './intersectGroups';

const skin = { groups: [0, 0, 1, 1, 1, 0], names: ['dark', 'light'] };
const sex = { groups: [0, 1, 0, 1, 1, 0], names: ['female', 'male', 'other'] };

describe('intersectGroups', () => {
  it('makes and names every combination', () => {
    const { groups, names } = intersectGroups(skin, sex);
    expect(names).toEqual([
      'dark × female',
      'dark × male',
      'dark × other',
      'light × female',
      'light × male',
      'light × other',
    ]);
    expect([...groups].map((group) => names[group])).toEqual([
      'dark × female',
      'dark × male',
      'light × female',
      'light × male',
      'light × male',
      'dark × female',
    ]);
  });

  it('makes combinations of three attributes when it is used twice', () => {
    const age = { groups: [1, 1, 1, 0, 0, 0], names: ['young', 'old'] };
    const { groups, names } = intersectGroups(intersectGroups(skin, sex), age);
    expect(names[groups[3]!]).toBe('light × male × young');
  });

  it('shows the gap that neither attribute shows', async () => {
    // Dark men and light women are always wrong, the others always right: each attribute alone is half right.
    const cells = [0, 1].flatMap((a) => [0, 1].flatMap((b) => Array.from({ length: 10 }, () => [a, b] as const)));
    const a = { groups: cells.map(([value]) => value), names: ['dark', 'light'] };
    const b = { groups: cells.map(([, value]) => value), names: ['female', 'male'] };
    const labels = cells.map((_, i) => i % 2);
    const predicted = labels.map((label, i) => (a.groups[i] === b.groups[i] ? label : 1 - label));
    const settings = { ...defaultEvaluationSettings, replicates: 0, permutations: 0 };
    const gapIn = async ({ groups, names }: { groups: ArrayLike<number>; names: string[] }) => {
      const input = { labels, groups, groupNames: names, classNames: ['x', 'y'], baseline: null, clusters: null };
      const given = evaluationInput({ ...input, model: { predicted, scores: null } });
      return (await evaluate(given, settings, createSilentContext())).model.metrics.accuracy.gap;
    };
    expect((await gapIn(a)).value).toBe(0);
    expect((await gapIn(b)).value).toBe(0);
    expect(await gapIn(intersectGroups(a, b))).toMatchObject({ value: 1, pair: [0, 1] });
  });

  it('refuses attributes of different samples and groups without a name', () => {
    const refused = expect.objectContaining({ code: 'predictions-invalid' });
    expect(() => intersectGroups(skin, { ...sex, groups: [0] })).toThrow(refused);
    expect(() => intersectGroups({ ...skin, names: ['dark'] }, sex)).toThrow(refused);
  });
});
