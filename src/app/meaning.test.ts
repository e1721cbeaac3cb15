import { expect, it } from 'vitest';
import { importances } from '../importance/importances';
import { armLook } from './meaning';

it('an arm looks the same whatever other arms a figure has', () => {
  for (const id of importances.ids()) expect(armLook(id, [id])).toEqual(armLook(id, ['x', 'y', ...importances.ids()]));
});

it('no two of the registered arms share a colour, a dash or a mark', () => {
  const looks = importances.ids().map((id) => armLook(id, importances.ids()));
  for (const property of ['label', 'colour', 'dash', 'mark'] as const) {
    expect(new Set(looks.map((look) => look[property])).size).toBe(looks.length);
  }
});

it('arms that are not registered show their id, and none of 26 is drawn like another', () => {
  const others = Array.from({ length: 20 }, (_, index) => `from-elsewhere-${index}`);
  const arms = [...importances.ids(), ...others];
  expect(others.map((id) => armLook(id, arms).label)).toEqual(others);
  const drawn = arms.map((id) => {
    const { colour, dash, mark } = armLook(id, arms);
    return [colour, dash, mark].join(' ');
  });
  expect(new Set(drawn).size).toBe(26);
});
