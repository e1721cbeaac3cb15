import { LabError } from '../foundation/labError';
import type { Command, CommandLine } from './commandLine';

/** @throws LabError `config-invalid` for the first word or flag that the command does not take */
export function refuseUnused(name: string, command: Command, { words, flags }: Pick<CommandLine, 'words' | 'flags'>) {
  const taken: readonly string[] = command.flags;
  const flag = Object.keys(flags).find((given) => !taken.includes(given));
  const word = words[command.wordCount];
  if (flag === undefined && word === undefined) return;
  throw new LabError({
    code: 'config-invalid',
    message: `"lab ${name}" does not take ${flag === undefined ? `"${word}"` : `--${flag}`}.`,
    hint: 'Leave it out. "npm run lab -- help" shows what each command takes.',
  });
}
