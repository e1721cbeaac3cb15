import { escapeTerminalLine } from '../foundation/escape/escapeTerminal';
import type { OpenQuestion } from '../foundation/openQuestion';

/** Every question with its key and the answers that it takes, the usual one first. A line each, whatever names are in it. */
export function describeQuestions(questions: readonly OpenQuestion[]): string {
  const line = (indent: number, text: string) => `${' '.repeat(indent)}${escapeTerminalLine(text)}`;
  return questions
    .flatMap(({ key, question, choices, otherwise }) => [
      line(2, `${key}: ${question}`),
      ...choices.map(
        ({ value, label }, index) => `${line(4, value)}  ${escapeTerminalLine(label)}${index === 0 ? ' (usual)' : ''}`,
      ),
      ...(otherwise ? [line(4, `or ${otherwise}`)] : []),
    ])
    .join('\n');
}
