import type { FlagSet, FlagValues } from './flag';
import type { OpenLab } from './openLab';
import type { Output } from './output';

/** What a command gets: its word and flags, where to write, and the engine on demand. */
export interface CommandLine<F extends FlagSet = FlagSet> {
  /** The word after the command's name; empty for a command that takes none. */
  word: string;
  flags: FlagValues<F>;
  output: Output;
  /** Opens the engine at the first call; it is closed when the command ends. Ctrl-C cancels its jobs. */
  lab(): Promise<OpenLab>;
  /** Says what Ctrl-C must stop besides the engine's jobs. Called at once when Ctrl-C has come already. */
  onInterrupt(stop: () => void): void;
}

/** What was typed, read by a command's declaration. */
export type Given<F extends FlagSet = FlagSet> = Pick<CommandLine<F>, 'word' | 'flags'>;

/** A command. Its help text, and what is refused before it runs, follow from this declaration. */
export interface Command<F extends FlagSet = FlagSet> {
  /** What it does, in a line. */
  summary: string;
  /** The word that follows the command's name, as `CONFIG.json`, and what it is; null where there is none. */
  word: { name: string; help: string } | null;
  flags: F;
  /** Whether it opens the engine: then it also takes the flags that say which. */
  usesEngine: boolean;
  /** Returns the exit code. */
  run(line: CommandLine<F>): Promise<number>;
}

/** A command with its flags as their types. */
export function declareCommand<F extends FlagSet>(command: Command<F>): Command<F> {
  return command;
}

/** Exit codes of the command line. */
export const exitCodes = { ok: 0, failed: 1, usage: 2, cancelled: 130 } as const;
