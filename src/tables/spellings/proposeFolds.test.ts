import { describe, expect, it } from 'vitest';
import { countFolded, proposeFolds } from './proposeFolds';

const once = (...texts: string[]) => new Map(texts.map((text) => [text, 1]));
/** Spellings that are proposed to be one, each list sorted. */
const together = (...texts: string[]) => proposeFolds(once(...texts)).map(({ to, from }) => [to, ...from].sort());

describe('proposeFolds', () => {
  it.each([
    ['case', ['Nevus', 'nevus', 'melanoma'], ['Nevus', 'nevus']],
    [
      'blanks, also those that do not break',
      ['in situ', 'in\u00a0situ', 'in  situ', 'other'],
      ['in  situ', 'in situ', 'in\u00a0situ'],
    ],
    ['composed and decomposed letters', ['Nävus', 'Na\u0308vus', 'Warze'], ['Na\u0308vus', 'Nävus']],
    ['full width', ['ＭＥＬ', 'MEL', 'NV'], ['MEL', 'ＭＥＬ']],
    ['_ for a blank', ['basal_cell', 'basal cell', 'nv'], ['basal cell', 'basal_cell']],
    ['numbers that are equal', ['1', '1.0', '01', '2'], ['01', '1', '1.0']],
    [
      'skin types in Roman and other numbers',
      ['III', '3.0', 'type 3', 'FST3', 'I', 'VI'],
      ['3.0', 'FST3', 'III', 'type 3'],
    ],
    ['yes and true', ['yes', 'TRUE', 'no'], ['TRUE', 'yes']],
  ])('%s', (_, texts, expected) => {
    expect(together(...texts)).toEqual([expected]);
  });

  it.each([
    ['English', ['m', 'Male', 'f', 'woman', 'man', 'Female']],
    ['German, with and without umlauts', ['männlich', 'maennlich', 'weiblich', 'w']],
    ['Spanish', ['hombre', 'varón', 'mujer', 'femenino']],
    ['French', ['masculin', 'homme', 'féminin', 'femme']],
    ['Chinese', ['男', '男性', '女', '女性']],
    ['Russian', ['мужской', 'муж', 'женский', 'жен']],
    ['Arabic', ['ذكر', 'رجل', 'أنثى', 'امرأة']],
  ])('words for a sex in %s become two', (_, texts) => {
    const folds = proposeFolds(once(...texts));
    expect(folds).toHaveLength(2);
    expect(folds.map(({ why }) => why)).toEqual(['words for a sex', 'words for a sex']);
  });

  it('does not say what M is beside H, which is hombre, and keeps ranges and words that only look alike apart', () => {
    expect(together('H', 'M', 'mujer', 'hombre')).toEqual([]);
    expect(together('IV-V', 'IV', 'V', 'I', 'II')).toEqual([]);
    expect(together('mel', 'melanoma', 'm')).toEqual([]);
    expect(together('3-4', '34')).toEqual([]);
  });

  it('takes the most frequent spelling for all, the plain number of numbers, and one that the user has settled before others', () => {
    expect(
      proposeFolds(
        new Map([
          ['nv', 2],
          ['NV', 9],
        ]),
      ),
    ).toMatchObject([{ to: 'NV', from: ['nv'] }]);
    expect(
      proposeFolds(
        new Map([
          ['2.0', 9],
          ['2', 1],
          ['02', 5],
        ]),
      ),
    ).toMatchObject([{ to: '2', from: ['02', '2.0'] }]);
    const settled = new Set(['nv']);
    expect(
      proposeFolds(
        new Map([
          ['nv', 2],
          ['NV', 9],
        ]),
        settled,
      ),
    ).toMatchObject([{ to: 'nv', from: ['NV'] }]);
    expect(proposeFolds(once('nv', 'NV'), new Set(['nv', 'NV']))).toEqual([]);
  });

  it('counts values as if the folds were made', () => {
    expect([
      ...countFolded(
        new Map([
          ['F', 2],
          ['female', 3],
          ['m', 4],
        ]),
      ),
    ]).toEqual([
      ['female', 5],
      ['m', 4],
    ]);
  });
});
