import * as z from 'zod/mini';
import { LabError } from '../foundation/labError';
import { describeSetting } from '../foundation/setting';
import { describeRange } from './describeRange';

/** A flag of a command, from which its parsing, its refusals and its help text follow. */
export interface Flag<T = unknown> {
  /** What stands behind it in help texts, as `DIR` in `--out DIR`; null for a flag that stands alone. */
  value: string | null;
  help: string;
  /** Set where the flag must be given: what to do when it is missing. */
  missing?: string;
  /** @throws LabError `config-invalid`, naming the flag and what it takes */
  read(text: string, name: string): T;
}

/** A command's flags by their names, without the dashes in front. */
export type FlagSet = Record<string, Flag>;

type MustBeGiven = { missing: string };

/** What was given: a value for every flag that must be, perhaps one for each of the others. */
export type FlagValues<F extends FlagSet> = {
  [N in keyof F as F[N] extends MustBeGiven ? N : never]: ReturnType<F[N]['read']>;
} & { [N in keyof F as F[N] extends MustBeGiven ? never : N]?: ReturnType<F[N]['read']> };

/** A flag that takes any text. */
export function textFlag(value: string, help: string): Flag<string> {
  return { value, help, read: (text) => text };
}

/** A flag that takes texts with commas between them. */
export function listFlag(value: string, help: string): Flag<string[]> {
  return { value, help, read: (text) => text.split(',') };
}

/** A flag that stands alone. */
export function switchFlag(help: string): Flag<true> {
  return { value: null, help, read: () => true };
}

/** Longer lists of words stand in the text of a flag, where they leave the column of flags narrow. */
const widestValue = 30;

/** A flag that takes one of a few words. */
export function choiceFlag<V extends string>(choices: readonly V[], help: string): Flag<V> {
  const words = choices.join('|');
  const isShort = words.length <= widestValue;
  return {
    value: isShort ? words : 'NAME',
    help: isShort ? help : `${help}: ${choices.join(', ')}`,
    read(text, name) {
      const found = choices.find((choice) => choice === text);
      if (found !== undefined) return found;
      throw new LabError({
        code: 'config-invalid',
        message: `--${name} cannot be "${text}".`,
        hint: `Use one of: ${choices.join(', ')}.`,
        details: { flag: name, given: text },
      });
    },
  };
}

/** A flag that takes a number within the bounds of a setting's schema. */
export function numberFlag(schema: z.ZodMiniType<number>, help: string): Flag<number> {
  const range = describeRange(schema);
  const isWhole = z.toJSONSchema(schema).type === 'integer';
  const digits = isWhole ? /^-?\d+$/ : /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  return {
    value: 'NUMBER',
    help: `${help}: a ${range}`,
    read(text, name) {
      const parsed = schema.safeParse(digits.test(text) ? Number(text) : Number.NaN);
      if (parsed.success) return parsed.data;
      throw new LabError({
        code: 'config-invalid',
        message: `--${name} ${text} is no ${range}.`,
        hint: `Correct --${name}, or leave it out.`,
        details: { flag: name, given: text },
      });
    },
  };
}

/**
 * A flag of a setting: its help text is the setting's meaning, with what it is when left out.
 * @param initial where the command starts with another value than the setting's own; null says none
 */
export function settingFlag(
  schema: z.ZodMiniType<number>,
  { initial }: { initial?: number | null } = {},
): Flag<number> {
  const setting = describeSetting('flag', schema);
  const sentence = setting.meaning.replace(/\.$/, '');
  const help = `${sentence[0]!.toLowerCase()}${sentence.slice(1)}`;
  const start = initial === undefined ? setting.initial : initial;
  return numberFlag(schema, start === null ? help : `${help} (default ${String(start)})`);
}

/** The same flag, which must be given. */
export function required<T>(flag: Flag<T>, missing: string): Flag<T> & MustBeGiven {
  return { ...flag, missing };
}
