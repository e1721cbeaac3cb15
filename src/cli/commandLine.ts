import { LabError } from '../foundation/labError';
import type { HeadlessLab } from './headlessLab';
import type { Output } from './output';

/** What a command gets: its words and flags, where to write, and the engine on demand. */
export interface CommandLine {
  /** Words after the command's name. */
  words: string[];
  flags: {
    data?: string;
    out?: string;
    backend?: string;
    preset?: string;
    layer?: string;
    model?: string;
    baseline?: string;
    label?: string;
    prediction?: string;
    attr?: string;
    image?: string;
    group0?: string;
    seed?: string;
  };
  output: Output;
  /** Opens the engine at the first call; it is closed when the command ends. */
  lab(): Promise<HeadlessLab>;
}

/** A command. Returns the exit code. */
export type Command = (line: CommandLine) => Promise<number>;

/** Exit codes of the command line. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, cancelled: 130 } as const;

/** @throws LabError `config-invalid` when the word is missing */
export function requireWord(line: CommandLine, position: number, name: string): string {
  const word = line.words[position];
  if (word !== undefined) return word;
  throw new LabError({
    code: 'config-invalid',
    message: `${name} is missing.`,
    hint: 'Type "npm run lab -- help" to see what each command takes.',
  });
}
