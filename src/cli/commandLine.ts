import { LabError } from '../foundation/labError';
import type { HeadlessLab } from './headlessLab';
import type { Output } from './output';

/** Every flag that some command takes. */
export const flagOptions = {
  data: { type: 'string' },
  out: { type: 'string' },
  backend: { type: 'string' },
  preset: { type: 'string' },
  layer: { type: 'string' },
  model: { type: 'string' },
  baseline: { type: 'string' },
  label: { type: 'string' },
  prediction: { type: 'string' },
  attr: { type: 'string' },
  group0: { type: 'string' },
  image: { type: 'string' },
  seed: { type: 'string' },
  mapping: { type: 'string' },
  cluster: { type: 'string' },
  id: { type: 'string' },
  'min-group': { type: 'string' },
  replicates: { type: 'string' },
  permutations: { type: 'string' },
  margin: { type: 'string' },
  method: { type: 'string' },
  lambda: { type: 'string' },
  accuracy: { type: 'string' },
  arm: { type: 'string' },
  assume: { type: 'string' },
  channels: { type: 'string' },
  classes: { type: 'string' },
  fill: { type: 'string' },
  fit: { type: 'string' },
  format: { type: 'string' },
  images: { type: 'string' },
  mode: { type: 'string' },
  name: { type: 'string' },
  'plan-only': { type: 'boolean' },
  preprocessing: { type: 'string' },
  ratio: { type: 'string' },
  scores: { type: 'string' },
  split: { type: 'string' },
  threshold: { type: 'string' },
} as const;
export type FlagName = keyof typeof flagOptions;
/** What was given: the text after a flag, or that a flag without one is there. */
export type Flags = { [F in FlagName]?: (typeof flagOptions)[F]['type'] extends 'boolean' ? boolean : string };

/** What a command gets: its words and flags, where to write, and the engine on demand. */
export interface CommandLine {
  /** Words after the command's name. */
  words: string[];
  flags: Flags;
  output: Output;
  /** Opens the engine at the first call; it is closed when the command ends. Ctrl-C cancels its jobs. */
  lab(): Promise<HeadlessLab>;
  /** Says what Ctrl-C must stop besides the engine's jobs. Called at once when Ctrl-C has come already. */
  onInterrupt(stop: () => void): void;
}

/** A command. A word or flag that it does not name is refused, so that none is without effect. */
export interface Command {
  /** How many words follow the command's name. */
  wordCount: number;
  flags: readonly FlagName[];
  /** Returns the exit code. */
  run(line: CommandLine): Promise<number>;
}

/** Exit codes of the command line. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, cancelled: 130 } as const;

/** @throws LabError `config-invalid` when the flag is missing */
export function requireFlag({ flags }: CommandLine, flag: Exclude<FlagName, 'plan-only'>, hint: string): string {
  const value = flags[flag];
  if (value !== undefined) return value;
  throw new LabError({ code: 'config-invalid', message: `--${flag} is missing.`, hint });
}

/** One of a few values of a flag. @throws LabError `config-invalid` naming them */
export function parseOneOf<V extends string>(flag: FlagName, text: string, values: readonly V[]): V {
  const found = values.find((value) => value === text);
  if (found !== undefined) return found;
  throw new LabError({
    code: 'config-invalid',
    message: `--${flag} cannot be "${text}".`,
    hint: `Use one of: ${values.join(', ')}.`,
  });
}

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
