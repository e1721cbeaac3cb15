import { LabError } from './labError';
import type { OpenQuestion } from './question';

export type { AnswerChoice, OpenQuestion } from './question';

/** Answers by the key of their question, or `usual`: the first choice of every question is confirmed. */
export type Answers = Readonly<Record<string, string>> | 'usual';

/** An answer that was given, in words: what is kept of it in reports and records. */
export interface AnsweredQuestion {
  key: string;
  question: string;
  value: string;
  label: string;
}

/** Puts questions while a file is read, and gathers those that are still open. */
export interface Asker {
  /**
   * The user's answer; as long as there is none, the likeliest one, so that reading goes on and meets the other questions.
   *
   * @throws LabError `config-invalid` when the answer given is none of those that may be given
   */
  ask(question: OpenQuestion): string;
  /**
   * The user's answer to a question on which the other questions depend, such as which of several networks is meant.
   *
   * @throws LabError `needs-answers` when there is none yet; `config-invalid` as `ask`
   */
  askFirst(file: string, question: OpenQuestion): string;
  /** Says that a question need not be put, because of the answers to others. An answer to it is then no mistake. */
  waive(key: string): void;
  /** The questions put so far that were answered. */
  answered(): AnsweredQuestion[];
  /**
   * Call when reading has failed: what is open may be why.
   * @throws LabError `needs-answers` when a question is open
   */
  stopForOpen(file: string): void;
  /**
   * Call when reading is done and before what was read is used.
   *
   * @throws LabError `needs-answers` with the open questions; `config-invalid` for an answer to a question that was not put
   */
  requireAnswers(file: string): void;
}

/** @param given answers that the user has confirmed */
export function createAsker(given: Answers = {}): Asker {
  const put = new Map<string, OpenQuestion>();
  const answers = new Map<string, string>();
  const waived = new Set<string>();
  function stopForOpen(file: string) {
    const open = [...put.values()].filter(({ key }) => !answers.has(key));
    if (open.length === 0) return;
    throw new LabError({
      code: 'needs-answers',
      message: `${file} does not say everything that its numbers depend on: ${open.map(({ question }) => question).join(' ')}`,
      hint: 'Say how it is, or confirm the usual answers.',
      details: { file },
      questions: open,
    });
  }
  const asker: Asker = {
    stopForOpen,
    ask(question) {
      const { key, choices } = question;
      put.set(key, question);
      const usual = choices[0]!.value;
      const answer = given === 'usual' ? usual : given[key];
      if (answer === undefined) return usual;
      checkAnswer(question, answer);
      answers.set(key, answer);
      return answer;
    },
    askFirst(file, question) {
      const answer = asker.ask(question);
      stopForOpen(file);
      return answer;
    },
    waive: (key) => void waived.add(key),
    answered: () =>
      [...answers].map(([key, value]) => {
        const { question, choices } = put.get(key)!;
        return { key, question, value, label: choices.find((choice) => choice.value === value)?.label ?? value };
      }),
    requireAnswers(file) {
      const stray = given === 'usual' ? undefined : Object.keys(given).find((key) => !put.has(key) && !waived.has(key));
      if (stray !== undefined) {
        throw new LabError({
          code: 'config-invalid',
          message: `"${stray}" answers no question about ${file}.`,
          hint: put.size > 0 ? `Its questions are: ${[...put.keys()].join(', ')}.` : 'It leaves no question open.',
          details: { file, key: stray },
        });
      }
      stopForOpen(file);
    },
  };
  return asker;
}

function checkAnswer({ key, choices, otherwise }: OpenQuestion, answer: string): void {
  if (otherwise !== undefined || choices.some(({ value }) => value === answer)) return;
  throw refuseAnswer(key, answer, choices.map(({ value }) => value).join(', '));
}

/** For an answer that a question does not take. @param mayBe what it takes, in words */
export function refuseAnswer(key: string, answer: string, mayBe: string): LabError {
  return new LabError({
    code: 'config-invalid',
    message: `"${key}" cannot be "${answer}".`,
    hint: `It may be: ${mayBe}.`,
    details: { key, answer },
  });
}
