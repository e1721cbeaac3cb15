import { expect, it } from 'vitest';
import { fakeModel } from '../app/testing/fakeData';
import { LabError } from '../foundation/labError';
import type { OpenQuestion } from '../foundation/openQuestion';
import { parseAssume } from './assumedAnswers';
import { inspectModel } from './commands/inspectModel';
import { describeQuestions } from './describeQuestions';
import { createInterrupt } from './interrupt';
import { parseLabConfig } from './labConfig';
import { fakeLab } from './testing/fakeLab';
import { recordedOutput } from './testing/recordedOutput';
import { runLine } from './testing/runLine';

const questions: OpenQuestion[] = [
  {
    key: 'activation',
    question: 'Which activation follows the convolutions?',
    choices: [
      { value: 'relu', label: 'ReLU' },
      { value: 'gelu', label: 'GELU' },
    ],
    otherwise: 'leaky-relu-SLOPE',
  },
  { key: 'pools', question: 'Which convolutions are pooled?', choices: [{ value: '1,2', label: '1,2' }] },
];

it('reads answers, with commas and equals signs in them, or the usual ones', () => {
  expect(parseAssume('usual')).toBe('usual');
  expect(parseAssume('activation=relu; pools=1,2,4;file=a=b.pt')).toEqual({
    activation: 'relu',
    pools: '1,2,4',
    file: 'a=b.pt',
  });
  for (const wrong of ['relu', 'activation=', '=relu', 'activation=relu;']) {
    expect(() => parseAssume(wrong)).toThrow(expect.objectContaining({ code: 'config-invalid' }));
  }
});

it('prints every question with its answers, the usual one named', () => {
  expect(describeQuestions(questions)).toBe(
    [
      '  activation: Which activation follows the convolutions?',
      '    relu  ReLU (usual)',
      '    gelu  GELU',
      '    or leaky-relu-SLOPE',
      '  pools: Which convolutions are pooled?',
      '    1,2  1,2 (usual)',
    ].join('\n'),
  );
});

it('a file with open questions ends a command with 2, the questions as data, and the flag to give', async () => {
  const { output, errors } = recordedOutput();
  const { lab } = fakeLab({
    loadModel() {
      throw new LabError({
        code: 'needs-answers',
        message: 'net.pth does not say everything.',
        hint: 'Say how it is.',
        details: { file: 'net.pth' },
        questions,
      });
    },
  });
  const bench = { output, interrupt: createInterrupt(), open: async () => lab };
  expect(await runLine(inspectModel, { words: ['package.json'], flags: {} }, bench)).toBe(2);
  expect(errors).toMatchObject([
    {
      code: 'needs-answers',
      hint: 'The usual answers are --assume "activation=relu;pools=1,2", or --assume usual in short.',
      questions,
    },
  ]);
});

it('what was assumed is printed with the model', async () => {
  const { output, texts } = recordedOutput();
  const assumed = [{ key: 'activation', question: 'Which activation is it?', value: 'gelu', label: 'GELU' }];
  const { lab } = fakeLab({
    loadModel: () => ({ ...fakeModel(), importReport: { format: 'PyTorch', found: 'A CNN.', lines: [], assumed } }),
  });
  const flags = { assume: 'activation=gelu' };
  const bench = { output, interrupt: createInterrupt(), open: async () => lab };
  expect(await runLine(inspectModel, { words: ['package.json'], flags }, bench)).toBe(0);
  expect(texts.join('\n')).toContain('Assumed: Which activation is it? GELU (activation=gelu)');
});

it('settings of lab run may say what the model’s file leaves open', () => {
  const parse = (model: object) => parseLabConfig(JSON.stringify({ model }), 'config.json').model;
  const assume = { activation: 'gelu', pools: '1,2' };
  expect(parse({ file: 'net.pth', assume })).toEqual({ file: 'net.pth', assume });
  expect(parse({ file: 'net.pth', assume: 'usual' })).toEqual({ file: 'net.pth', assume: 'usual' });
  expect(() => parse({ file: 'net.pth', assume: 'all' })).toThrow(expect.objectContaining({ code: 'config-invalid' }));
});
