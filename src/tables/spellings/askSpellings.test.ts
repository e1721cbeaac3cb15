import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAsker } from '../../foundation/openQuestion';
import { apart, askSpellings } from './askSpellings';
import { parseSpellings, writeSpellings } from './spellings';

const values = new Map([
  ['female', 5],
  ['F', 2],
  ['male', 4],
]);
const ask = (answer?: string) => {
  const asker = createAsker(answer === undefined ? {} : { 'spelling:sex': answer });
  return { spellings: askSpellings({ about: 'sex', values }, asker), asker };
};

describe('askSpellings', () => {
  it('puts no question where all values are distinct', () => {
    const asker = createAsker();
    askSpellings(
      {
        about: 'sex',
        values: new Map([
          ['f', 1],
          ['m', 1],
        ]),
      },
      asker,
    );
    expect(() => asker.requireAnswers('t.csv')).not.toThrow();
  });

  it('asks with the counts, and reads on with the fold that it proposes', () => {
    const { spellings, asker } = ask();
    expect([...spellings]).toEqual([['F', 'female']]);
    expect(() => asker.requireAnswers('t.csv')).toThrow('"female" (5), "F" (2): words for a sex');
  });

  it('folds what the answer names, keeps apart, or follows a list of the user’s own', () => {
    expect([...ask('female=F').spellings]).toEqual([['F', 'female']]);
    expect([...ask(apart).spellings]).toEqual([]);
    expect([...ask('women=F|female').spellings]).toEqual([
      ['F', 'women'],
      ['female', 'women'],
    ]);
  });

  it.each([
    ['a list that leaves a spelling out', 'F=F'],
    ['what is no list', 'yes'],
    ['a spelling named twice', 'female=F, x=F'],
  ])('refuses %s', (_, answer) => {
    expect(() => ask(answer)).toThrow(expect.objectContaining({ code: 'config-invalid' }));
  });
});

it('spellings are the same after they are written and read again, whatever signs they hold', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', '=', '|', ';', '%', ' ', 'ä', '\u00a0') });
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(text, text), { selector: ([from]) => from, minLength: 1 }), (pairs) => {
      const spellings = new Map(pairs.map(([from, to]) => [from.trim(), to.trim()]));
      const read = parseSpellings(writeSpellings(spellings))!;
      expect(read).toEqual(spellings);
    }),
  );
});
