import * as z from 'zod/mini';
import { LabError } from '../foundation/labError';
import type { Answers } from '../foundation/openQuestion';
import { parseAssume } from './assumedAnswers';
import { readInput } from './readInput';

const answersFile = z.record(z.string(), z.string());

/**
 * What `--assume` says of what tables leave open: `usual`, answers by key, or a JSON file of them, for answers that hold a
 * semicolon.
 *
 * @throws LabError `config-invalid`
 */
export async function readAssumed(text: string | undefined): Promise<Answers | undefined> {
  if (text === undefined) return undefined;
  if (!/^[^=]+\.json$/i.test(text)) return parseAssume(text);
  try {
    return answersFile.parse(JSON.parse(await readInput(text)));
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    throw new LabError({
      code: 'config-invalid',
      message: `${text} holds no answers.`,
      hint: 'It must hold JSON: an object with the answer to each question by its key.',
      details: { file: text },
      cause,
    });
  }
}
