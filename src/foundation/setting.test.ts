import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { bounds } from './bounds';
import { choiceSetting, describeSettings, numberSetting, switchSetting } from './setting';

const schema = z.strictObject({
  weight: numberSetting(bounds.lambda, 0.5, { label: 'Weight', meaning: 'Multiplies the added loss.' }),
  hard: switchSetting(false, { label: 'Hard counts', meaning: 'Counts instead of probabilities.' }),
  exits: choiceSetting({ first: 'First confident exit', last: 'Last exit' }, 'last', {
    label: 'Exit',
    meaning: 'Which exit decides.',
  }),
});

describe('settings schemas', () => {
  it('fill in their defaults', () => {
    expect(schema.parse({})).toEqual({ weight: 0.5, hard: false, exits: 'last' });
    expect(schema.parse({ weight: 2, exits: 'first' })).toEqual({ weight: 2, hard: false, exits: 'first' });
  });

  it('refuse what is out of range, and what they do not know', () => {
    expect(schema.safeParse({ weight: -1 }).error?.issues[0]?.message).toBe('must be a number from 0 to 100, not -1');
    expect(schema.safeParse({ exits: 'middle' }).success).toBe(false);
    expect(schema.safeParse({ other: 1 }).success).toBe(false);
  });

  it('tell everything that a form needs, in their order', () => {
    expect(describeSettings(schema)).toMatchObject([
      { name: 'weight', label: 'Weight', initial: 0.5, range: 'a number from 0 to 100', values: { kind: 'number' } },
      { name: 'hard', initial: false, range: 'on or off' },
      { name: 'exits', initial: 'last', range: 'first, last', values: { options: [{ value: 'first' }, {}] } },
    ]);
  });

  it('refuse to be described when a field says nothing of itself', () => {
    expect(() => describeSettings(z.strictObject({ bare: z.number() }))).toThrow('"bare" has no label');
  });
});
