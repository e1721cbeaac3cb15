import type { Command } from '../commandLine';
import type { Interrupt } from '../interrupt';
import type { OpenLab } from '../openLab';
import type { Output } from '../output';
import { runLab } from '../runLab';

/** What is typed behind a command's name: words, and flags by their names, `true` for those that stand alone. */
export interface Typed {
  words: readonly string[];
  flags: Record<string, string | true>;
}

/** Runs one command as if this had been typed. */
export function runLine(
  command: Command,
  { words, flags }: Typed,
  { output, interrupt, open }: { output: Output; interrupt: Interrupt; open(): Promise<OpenLab> },
): Promise<number> {
  const list = { commands: { tested: command }, groups: {}, closing: '' };
  const typed = Object.entries(flags).flatMap(([name, value]) =>
    value === true ? [`--${name}`] : [`--${name}`, value],
  );
  return runLab(list, ['tested', ...words, ...typed], {
    createOutput: () => output,
    printHelp: (text) => output.text(text),
    interrupt,
    open,
  });
}
