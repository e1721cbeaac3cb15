import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { bounds } from './bounds';
import {
  choiceSetting,
  describeAllSettings,
  describeSettings,
  initialSettings,
  numberOrNullSetting,
  numberSetting,
  otherSetting,
  requiredNumber,
  requiredNumberOrWord,
  settingSections,
  switchSetting,
} from './setting';

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

describe('settings that records hold in full', () => {
  const stored = z.strictObject({
    ratio: requiredNumber(bounds.pruningRatio, 0.02, { label: 'Share', meaning: 'Of the channels.', section: 'What' }),
    temperature: requiredNumberOrWord('auto', bounds.temperature, 'auto', {
      label: 'Temperature',
      meaning: 'Divides the distances.',
      section: 'How',
      start: 1,
      choice: { label: 'From the data', on: 'word' },
    }),
    norm: numberOrNullSetting(bounds.gradientNorm, {
      label: 'Largest norm',
      meaning: 'Of all gradients.',
      section: 'What',
      start: 1,
      choice: { label: 'Clip', on: 'number' },
    }),
  });

  it('must be given, but for those that can be left out', () => {
    expect(stored.parse({ ratio: 0.5, temperature: 2 })).toEqual({ ratio: 0.5, temperature: 2, norm: null });
    expect(stored.safeParse({ temperature: 'auto' }).error?.issues[0]?.message).toBe(
      'must be a number above 0 and below 1, not left out',
    );
    expect(stored.safeParse({ ratio: 0.5, temperature: 'warm' }).error?.issues[0]?.message).toBe(
      'must be "auto" or a number above 0 and at most 1000000000000, not warm',
    );
  });

  it('give what a form starts with, and its parts in order', () => {
    expect(initialSettings(stored)).toEqual({ ratio: 0.02, temperature: 'auto', norm: null });
    const parts = settingSections(describeSettings(stored)).map(({ title, fields }) => [title, fields.length]);
    expect(parts).toEqual([
      ['What', 2],
      ['How', 1],
    ]);
  });

  it('are told of by their path, those of a union once', () => {
    const kind = otherSetting(z.literal('a'), { label: 'Kind', meaning: 'Which.', initial: 'a', range: 'a' });
    const either = z.union([z.strictObject({ kind }), z.strictObject({ kind, ratio: stored.shape.ratio })]);
    const schema = z.strictObject({ rule: z._default(z.nullable(either), null), score: stored });
    expect(describeAllSettings(schema).map(({ name, range }) => `${name}: ${range}`)).toEqual([
      'rule.kind: a',
      'rule.ratio: a number above 0 and below 1',
      'score.ratio: a number above 0 and below 1',
      'score.temperature: "auto" or a number above 0 and at most 1000000000000',
      'score.norm: null or a number above 0 and at most 1000000',
    ]);
    expect(() => describeAllSettings(z.strictObject({ a: z.strictObject({ bare: z.number() }) }))).toThrow('"a.bare"');
  });
});
