import type { OpenQuestion } from '../foundation/openQuestion';

/** Every question with its key and the answers that it takes, the usual one first. */
export function describeQuestions(questions: readonly OpenQuestion[]): string {
  return questions
    .map(({ key, question, choices, otherwise }) => {
      const offered = choices.map(
        ({ value, label }, index) => `    ${value}  ${label}${index === 0 ? ' (usual)' : ''}`,
      );
      return [`  ${key}: ${question}`, ...offered, ...(otherwise ? [`    or ${otherwise}`] : [])].join('\n');
    })
    .join('\n');
}
