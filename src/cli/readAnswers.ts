import { LabError } from '../foundation/labError';
import type { Answers } from '../foundation/openQuestion';
import { readInput } from './readInput';

/**
 * What `--answer` says of what a file leaves open: `KEY=VALUE`, several times; a JSON file of keys and values; or `usual`,
 * which confirms the first choice of every question.
 *
 * @throws LabError `config-invalid` for anything else
 */
export async function readAnswers(given: readonly string[] | undefined): Promise<Answers | undefined> {
  if (!given) return undefined;
  if (given.includes('usual')) {
    if (given.length === 1) return 'usual';
    throw invalid('usual', 'Give either --answer usual or answers by key.');
  }
  const answers: Record<string, string> = {};
  for (const text of given) {
    const at = text.indexOf('=');
    if (at > 0) answers[text.slice(0, at)] = text.slice(at + 1);
    else Object.assign(answers, parseAnswers(await readInput(text), text));
  }
  return answers;
}

function parseAnswers(text: string, file: string): Record<string, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid(file, 'The file must hold JSON: an object of keys and values.');
  }
  const isAnswers =
    typeof json === 'object' && json !== null && Object.values(json).every((value) => typeof value === 'string');
  if (!isAnswers) throw invalid(file, 'The file must hold an object whose values are texts.');
  return json as Record<string, string>;
}

function invalid(text: string, hint: string): LabError {
  return new LabError({ code: 'config-invalid', message: `--answer cannot be "${text}".`, hint });
}
