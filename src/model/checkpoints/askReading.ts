import { type AnswerChoice, type Asker, type OpenQuestion, refuseAnswer } from '../../foundation/openQuestion';
import {
  fittingReadings,
  paddingsOf,
  parsePool,
  parsePools,
  perConvolution,
  type Reading,
  type ReadingKey,
  type ReadingOptions,
  type SequenceSizes,
} from './readings';

interface ReadingQuestion {
  key: ReadingKey;
  question: string;
  labelOf(value: string): string;
  otherwise?: string;
  /** Whether an answer can be read. */
  takes(answer: string, sizes: SequenceSizes): boolean;
}

const reductionLabels: Record<string, string> = {
  average: 'the average of each map (global average pooling)',
  max: 'the maximum of each map',
  flatten: 'flattened: every pixel is read',
  'adaptive-average': 'adaptive average pooling, then flattened',
};

const questions: ReadingQuestion[] = [
  {
    key: 'reduction',
    question: 'What becomes of the last maps before the dense layer?',
    labelOf: (value) => reductionLabels[value]!,
    takes: (answer) => answer in reductionLabels,
  },
  {
    key: 'padding',
    question: 'How are the maps padded in front of the convolutions?',
    labelOf: (value) => (value === 'half' ? 'by half of each kernel, which keeps the size' : 'not at all'),
    otherwise: 'a number of pixels for all, or one per convolution: 1,1,0',
    takes: (answer, { kernels }) => paddingsOf(answer, kernels) !== null,
  },
  {
    key: 'strides',
    question: 'With which stride do the convolutions step?',
    labelOf: (value) => (value.includes(',') ? `${value}, one per convolution` : `${value}, all of them`),
    otherwise: 'a number for all, or one per convolution: 2,1,1',
    takes: (answer, { kernels }) => perConvolution(answer, kernels.length)?.every((stride) => stride > 0) ?? false,
  },
  {
    key: 'pools',
    question: 'Which convolutions are followed by a pooling?',
    labelOf: (value) => (value === 'none' ? 'none' : `${value} (counted from 1)`),
    otherwise: 'numbers of convolutions, counted from 1 (1,2,4), or none',
    takes: (answer, { kernels }) => parsePools(answer, kernels.length) !== null,
  },
  {
    key: 'pool',
    question: 'Which pooling is it?',
    labelOf: describePool,
    otherwise: 'kind, size, stride and padding: max-3-2-1; stride and padding may be left out',
    takes: (answer) => parsePool(answer) !== null,
  },
];

/**
 * Asks how a sequence of convolutions is to be read. Every question offers first what fits the shapes and the likeliest
 * answers to the questions before it, then what fits other answers to them.
 *
 * @param usual usual answers, the likeliest first
 * @throws LabError `config-invalid` for an answer that cannot be read
 */
export function askReading(asker: Asker, usual: ReadingOptions, sizes: SequenceSizes): Reading {
  /** With one answer to every question so far; and with all of those that are not answered yet. */
  let [chosen, open] = [usual, usual];
  for (const { key, question, labelOf, otherwise, takes } of questions) {
    if (key === 'pool' && chosen.pools[0] === 'none') {
      asker.waive(key);
      continue;
    }
    const fitting = valuesOf(key, chosen, sizes);
    const others = valuesOf(key, open, sizes).filter((value) => !fitting.includes(value));
    const choices = [
      ...fitting.map((value): AnswerChoice => ({ value, label: labelOf(value) })),
      ...others.map((value): AnswerChoice => ({ value, label: `${labelOf(value)} (fits other answers)` })),
    ];
    const usualChoices = usual[key].map((value): AnswerChoice => ({ value, label: labelOf(value) }));
    const asked: OpenQuestion = {
      key,
      question,
      choices: choices.length > 0 ? choices : usualChoices,
      ...(otherwise && { otherwise }),
    };
    const answer = asker.ask(asked);
    if (!takes(answer, sizes)) throw refuseAnswer(key, answer, otherwise ?? usual[key].join(', '));
    chosen = { ...chosen, [key]: [answer] };
    if (asker.answered().some((given) => given.key === key)) open = { ...open, [key]: [answer] };
  }
  return Object.fromEntries(questions.map(({ key }) => [key, chosen[key][0]])) as unknown as Reading;
}

function valuesOf(key: ReadingKey, options: ReadingOptions, sizes: SequenceSizes): string[] {
  return [...new Set(fittingReadings(options, sizes).map((reading) => reading[key]))];
}

function describePool(value: string): string {
  const { kind, size, stride, padding } = parsePool(value)!;
  const name = kind === 'max-pooling' ? 'maximum' : 'average';
  return `${name} over ${size}×${size}, stride ${stride}${padding > 0 ? `, padding ${padding}` : ''}`;
}
