import { LabError, type LabErrorData } from '../foundation/labError';
import type { Answers } from '../foundation/openQuestion';
import type { Command } from './commandLine';

/**
 * Reads the value of `--assume`: `usual`, or answers by the keys of their questions, as `activation=relu;pools=1,2,4`.
 *
 * @throws LabError `config-invalid` for a part that is no `key=answer`
 */
export function parseAssume(text: string): Answers {
  if (text === 'usual') return 'usual';
  const parts = text.split(';').map((part) => part.trim());
  return Object.fromEntries(
    parts.map((part) => {
      const [key = '', ...rest] = part.split('=');
      const answer = rest.join('=').trim();
      if (key.trim() !== '' && answer !== '') return [key.trim(), answer];
      throw new LabError({
        code: 'config-invalid',
        message: `--assume cannot hold "${part}".`,
        hint: 'Write --assume usual, or answers as --assume "activation=relu;pools=1,2,4".',
      });
    }),
  );
}

/** The error of a file that leaves something open, with how to say it to this command. */
export function sayHowToAnswer(data: LabErrorData, { flags }: Pick<Command, 'flags'>): LabErrorData {
  const usual = (data.questions ?? []).map(({ key, choices }): [string, string] => [key, choices[0]!.value]);
  const byFlag = `--assume "${usual.map((answer) => answer.join('=')).join(';')}"`;
  const bySetting = `"assume": ${JSON.stringify(Object.fromEntries(usual))}`;
  return {
    ...data,
    message: `${String(data.details?.file)} does not say everything that its numbers depend on.`,
    hint:
      'assume' in flags
        ? `The usual answers are ${byFlag}, or --assume usual in short.`
        : `Say it beside "file" in the settings. The usual answers are ${bySetting}, or "assume": "usual" in short.`,
  };
}
