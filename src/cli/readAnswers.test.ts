import { expect, it } from 'vitest';
import { describeQuestions } from './describeQuestions';
import { readAnswers } from './readAnswers';

it('reads answers by key, whatever signs they hold, or confirms the usual ones', async () => {
  expect(await readAnswers(['class:a=class=b', 'spelling:sex=female=F|w; male=M'])).toEqual({
    'class:a': 'class=b',
    'spelling:sex': 'female=F|w; male=M',
  });
  expect(await readAnswers(['usual'])).toBe('usual');
  expect(await readAnswers(undefined)).toBeUndefined();
});

it('refuses usual beside answers by key, and a file that is not there', async () => {
  await expect(readAnswers(['usual', 'a=b'])).rejects.toMatchObject({ code: 'config-invalid' });
  await expect(readAnswers(['none.json'])).rejects.toMatchObject({ code: 'config-invalid' });
});

it('prints each question with the flag that gives each answer, quoted for a shell', () => {
  const text = describeQuestions([
    {
      key: 'spelling:sex',
      question: 'The same?',
      choices: [
        { value: "female=F|it's", label: 'Yes' },
        { value: 'apart', label: 'No' },
      ],
      otherwise: 'a list',
    },
  ]);
  expect(text.split('\n')).toEqual([
    'The same?',
    "  --answer 'spelling:sex=female=F|it'\\''s'",
    '      Yes',
    '  --answer spelling:sex=apart',
    '      No',
    "  --answer 'spelling:sex=…'",
    '      a list',
  ]);
});
