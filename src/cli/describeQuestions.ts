import type { OpenQuestion } from '../foundation/openQuestion';

/** Questions for a person at the command line: each with the flag that gives each answer. */
export function describeQuestions(questions: readonly OpenQuestion[]): string {
  return questions.map(describe).join('\n\n');
}

function describe({ key, question, choices, otherwise }: OpenQuestion): string {
  const lines = choices.map(({ value, label }) => `  --answer ${quoted(`${key}=${value}`)}\n      ${label}`);
  const other = otherwise === undefined ? [] : [`  --answer ${quoted(`${key}=…`)}\n      ${otherwise}`];
  return [question, ...lines, ...other].join('\n');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return /^[\w:=.,/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
