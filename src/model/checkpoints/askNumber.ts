import { type AnswerChoice, type Asker, refuseAnswer } from '../../foundation/openQuestion';

/** What a number may be. */
interface NumberRange {
  least: number;
  most: number;
  isWhole: boolean;
}

interface NumberQuestion {
  key: string;
  question: string;
  choices: readonly AnswerChoice[];
  /** What may be given, in words. */
  otherwise: string;
}

/** @throws LabError `config-invalid` for an answer that is no number in the range */
export function askNumber(asker: Asker, question: NumberQuestion, range: NumberRange): number {
  const answer = asker.ask(question);
  if (isInRange(answer, range)) return Number(answer);
  throw refuseAnswer(question.key, answer, question.otherwise);
}

/**
 * One number for each of some things, or a single one for all.
 *
 * @throws LabError `config-invalid` when there are not so many numbers, or one is out of range
 */
export function askNumbers(asker: Asker, question: NumberQuestion, range: NumberRange & { count: number }): number[] {
  const answer = asker.ask(question);
  const parts = answer.split(',').map((part) => part.trim());
  const all = parts.length === 1 ? Array.from({ length: range.count }, () => parts[0]!) : parts;
  if (all.length === range.count && all.every((part) => isInRange(part, range))) return all.map(Number);
  throw refuseAnswer(question.key, answer, question.otherwise);
}

function isInRange(text: string, { least, most, isWhole }: NumberRange): boolean {
  const value = Number(text);
  return text.trim() !== '' && value >= least && value <= most && (!isWhole || Number.isInteger(value));
}

/** ε of BatchNorm. @throws LabError `config-invalid` */
export function askEpsilon(asker: Asker): number {
  return askNumber(
    asker,
    {
      key: 'epsilon',
      question: 'What is added to the variance in BatchNorm (ε)?',
      choices: [
        { value: '1e-5', label: '0.00001 (PyTorch’s default)' },
        { value: '1e-3', label: '0.001 (as in Keras)' },
      ],
      otherwise: 'a number from 1e-12 to 1',
    },
    { least: 1e-12, most: 1, isWhole: false },
  );
}
