import { CommanderError, Option, Command as Parser } from 'commander';
import { LabError } from '../foundation/labError';
import type { Command, Given } from './commandLine';
import { type EngineOptions, engineFlags, readEngineOptions } from './engineFlags';
import type { Flag, FlagSet } from './flag';

/** The commands by their names, and what the first of two words stands for. */
export interface CommandList {
  commands: Record<string, Command>;
  groups: Record<string, string>;
  /** Said after the list of commands. */
  closing: string;
}

/** What was typed: a command with its word and flags, or a wish for help. */
export type ReadLine =
  | { kind: 'command'; command: Command; given: Given; engine: EngineOptions; json: boolean }
  /** `asked` is false when nothing was typed that could be done. */
  | { kind: 'help'; text: string; asked: boolean };

/** How the command line is called. */
const program = 'npm run lab --';

/**
 * Reads what was typed by the declarations of the commands.
 *
 * @param argv without the program's name
 * @throws LabError `config-invalid` for a command, word, flag or value that there is not, with the nearest name there is
 */
export function readCommandLine(list: CommandList, argv: readonly string[]): ReadLine {
  let read: ReadLine | null = null;
  let printed = '';
  const parser = new Parser(program)
    .usage('COMMAND')
    .description('SNNL-Fair Lab, headless. Images stay on this machine.')
    .option('--json', 'JSON lines on standard output')
    .helpCommand('help COMMAND', 'what a command takes')
    .helpOption('--help', 'what a command takes')
    .addHelpText('after', `\n${list.closing}`);
  const print = (text: string) => void (printed += text);
  const take = (command: Command, given: Given, flags: Record<string, unknown>) => {
    const { json = false } = parser.opts<{ json?: boolean }>();
    read = { kind: 'command', command, given, engine: readEngineOptions(flags), json };
  };
  for (const [name, command] of Object.entries(list.commands)) addCommand(parser, list, name, { command, take });
  for (const each of [parser, ...parser.commands, ...parser.commands.flatMap(({ commands }) => commands)]) {
    each
      .exitOverride()
      .configureHelp({ showGlobalOptions: true, helpWidth: 120 })
      .configureOutput({ writeOut: print, writeErr: print, outputError: () => undefined });
  }
  try {
    parser.parse(withHelpLast(list, argv), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (printed !== '') return { kind: 'help', text: printed, asked: error.exitCode === 0 };
    throw explain(error, nameIn(list, argv));
  }
  return read ?? { kind: 'help', text: parser.helpInformation(), asked: false };
}

interface Added {
  command: Command;
  take(command: Command, given: Given, flags: Record<string, unknown>): void;
}

function addCommand(parser: Parser, { groups }: CommandList, name: string, { command, take }: Added): void {
  const [first = '', second] = name.split(' ');
  const group = second === undefined ? parser : openGroup(parser, first, groups[first] ?? '');
  const { summary, word, usesEngine } = command;
  const flags: FlagSet = usesEngine ? { ...command.flags, ...engineFlags } : command.flags;
  const own = group
    .command(second ?? first)
    .description(summary)
    .allowExcessArguments();
  if (word) own.argument(`<${word.name}>`, word.help);
  const options = Object.entries(flags).map(([flag, declared]) => [flag, toOption(flag, declared)] as const);
  for (const [, option] of options) own.addOption(option);
  own.action(() => {
    const given = own.opts<Record<string, unknown>>();
    const values = Object.fromEntries(
      options.flatMap(([flag, option]) => {
        const value = given[option.attributeName()];
        return value === undefined ? [] : [[flag, value]];
      }),
    );
    const extra = own.args[word ? 1 : 0];
    if (extra !== undefined) throw refusal(`"lab ${name}" does not take "${extra}".`, name);
    requireFlags(flags, values);
    take(command, { word: own.args[0] ?? '', flags: values }, values);
  });
}

function openGroup(parser: Parser, name: string, summary: string): Parser {
  return (
    parser.commands.find((each) => each.name() === name) ??
    parser.command(name).description(summary).helpCommand(false).usage('COMMAND')
  );
}

function toOption(name: string, { value, help, read, missing }: Flag): Option {
  const option = new Option(
    value === null ? `--${name}` : `--${name} <${value}>`,
    missing === undefined ? help : `${help} (must be given)`,
  );
  return value === null ? option : option.argParser((text: string) => read(text, name));
}

/** @throws LabError `config-invalid` for the first flag that must be given and is not */
function requireFlags(flags: FlagSet, values: Record<string, unknown>): void {
  for (const [name, { missing }] of Object.entries(flags)) {
    if (missing === undefined || values[name] !== undefined) continue;
    throw new LabError({ code: 'config-invalid', message: `--${name} is missing.`, hint: missing });
  }
}

/** `help data import` asks for the same as `data import --help`; a name that there is not is refused as such. */
function withHelpLast({ commands }: CommandList, argv: readonly string[]): string[] {
  const [first, ...others] = argv;
  if (first !== 'help' || others.length === 0) return [...argv];
  const wanted = others.join(' ');
  const isKnown = Object.keys(commands).some((name) => `${name} `.startsWith(`${wanted} `));
  return isKnown ? [...others, '--help'] : others;
}

/** The command that was meant, as far as it can be told. */
function nameIn({ commands }: CommandList, argv: readonly string[]): string | null {
  const words = argv.filter((word) => !word.startsWith('-'));
  const names = [words.slice(0, 2).join(' '), words[0] ?? ''];
  return names.find((name) => Object.hasOwn(commands, name)) ?? null;
}

/** The parser's error in the lab's words. Its second line is the nearest name, where one is near. */
function explain({ message, code }: CommanderError, name: string | null): LabError {
  const [what = '', nearest] = message.replace(/^error: /, '').split('\n');
  const suggestion = nearest ? `${nearest.replaceAll(/^\(|\)$/g, '')} ` : '';
  const quoted = /'([^']*)'/.exec(what)?.[1]?.replaceAll(/[<>]/g, '') ?? '';
  return refusal(sentences[code]?.(quoted, name === null ? 'lab' : `lab ${name}`) ?? `${what}.`, name, suggestion);
}

function refusal(message: string, name: string | null, suggestion = ''): LabError {
  const help = name === null ? 'help' : `help ${name}`;
  return new LabError({
    code: 'config-invalid',
    message,
    hint: `${suggestion}"${program} ${help}" shows what there is.`,
  });
}

const sentences: Record<string, (quoted: string, name: string) => string> = {
  'commander.unknownOption': (flag, name) => `"${name}" does not take ${flag}.`,
  'commander.unknownCommand': (word) => `There is no command "${word}".`,
  'commander.missingArgument': (word, name) => `"${name}" needs ${word} after it.`,
  'commander.optionMissingArgument': (flag) => `${flag} needs a value after it.`,
};
