import * as z from 'zod/mini';
import { boundedNumber } from './boundedSchema';
import { type Bound, describeBound } from './bounds';

/** How a setting is told of: in forms, by the command line, in the reference of all settings. */
export interface SettingText {
  /** A few words, for a form. */
  label: string;
  /** What it does, in a sentence. */
  meaning: string;
  /** What its number counts: `epochs`, `share`. */
  unit?: string;
  /** How forms show its number, where they do not show it as it is stored: 0.02 as 2 %. */
  shown?: { factor: number; unit: string };
  /** Digits after the point that a form takes. Left out: 6, or none of a whole number. */
  decimals?: number;
  /** The part of the form that it stands in, where the form of its schema has parts. */
  section?: string;
}

/** What a choice is called in forms; with a sentence where its name does not say what it does. */
export type ChoiceLabel = string | { label: string; meaning: string };

/** What a setting can be, read from its schema. */
export type SettingValues =
  | { kind: 'number'; bound: Bound }
  /** A number, or a word (or null) in its place. Forms show a switch, and the number where it is one. */
  | { kind: 'number-or'; bound: Bound; word: string | null; start: number; choice: NumberOrWord }
  | { kind: 'switch' }
  | { kind: 'choice'; options: readonly { value: string; label: string; meaning?: string }[] }
  /** What only a form of its own can ask for: a name, a list. */
  | { kind: 'other'; range: string };

/** The switch of a form between a number and a word. */
export interface NumberOrWord {
  label: string;
  /** What the switch stands for when it is on. */
  on: 'number' | 'word';
}

type Initial = number | boolean | string | null | readonly string[];

/** One field of a settings schema, with everything that a form, a flag and a reference need. */
export interface SettingField extends SettingText {
  name: string;
  values: SettingValues;
  initial: Initial;
  /** The range or the choices, in words. */
  range: string;
}

interface SettingMeta extends SettingText {
  values: SettingValues;
  initial: Initial;
}

/** Filled where a setting is defined; a schema that is not in it is no setting. */
const metas = z.registry<SettingMeta>();

/** A number within a bound, which must be given; forms start with `initial`. */
export function requiredNumber(bound: Bound, initial: number, text: SettingText) {
  return boundedNumber(bound).register(metas, { ...text, values: { kind: 'number', bound }, initial });
}

/** On or off, which must be given; forms start with `initial`. */
export function requiredSwitch(initial: boolean, text: SettingText) {
  return z.boolean().register(metas, { ...text, values: { kind: 'switch' }, initial });
}

/** One of several words, each with its label, which must be given; forms start with `initial`. */
export function requiredChoice<const Labels extends Record<string, ChoiceLabel>>(
  labels: Labels,
  initial: keyof Labels & string,
  text: SettingText,
) {
  const words = Object.keys(labels) as (keyof Labels & string)[];
  const options = words.map((value) => {
    const label: ChoiceLabel = labels[value]!;
    return { value, ...(typeof label === 'string' ? { label } : label) };
  });
  return z.enum(words).register(metas, { ...text, values: { kind: 'choice', options }, initial });
}

/** `word` or a number within a bound, which must be given. @param start the number that a form begins with */
export function requiredNumberOrWord<const Word extends string>(
  word: Word,
  bound: Bound,
  initial: Word | number,
  { start, choice, ...text }: SettingText & { start: number; choice: NumberOrWord },
) {
  const error = ({ input }: { input?: unknown }) =>
    `must be "${word}" or ${describeBound(bound)}, not ${String(input)}`;
  const schema = z.union([z.literal(word), boundedNumber(bound)], { error });
  metas.add(schema, { ...text, values: { kind: 'number-or', bound, word, start, choice }, initial });
  return schema;
}

/** A number within a bound or null; left out, it is null. @param start the number that a form begins with */
export function numberOrNullSetting(
  bound: Bound,
  { start, choice, ...text }: SettingText & { start: number; choice: NumberOrWord },
) {
  const values = { kind: 'number-or', bound, word: null, start, choice } as const;
  return z._default(z.nullable(boundedNumber(bound)).register(metas, { ...text, values, initial: null }), null);
}

/** A number within a bound; left out, it is `initial`. */
export function numberSetting(bound: Bound, initial: number, text: SettingText) {
  return z._default(requiredNumber(bound, initial, text), initial);
}

/** On or off; left out, it is `initial`. */
export function switchSetting(initial: boolean, text: SettingText) {
  return z._default(requiredSwitch(initial, text), initial);
}

/** One of several words, each with its label; left out, it is `initial`. */
export function choiceSetting<const Labels extends Record<string, ChoiceLabel>>(
  labels: Labels,
  initial: keyof Labels & string,
  text: SettingText,
) {
  return z._default(requiredChoice(labels, initial, text), initial as never);
}

/**
 * The field that tells the variants of a union apart.
 * @param schema its words in this variant
 * @param labels of all variants
 * @param text.initial the word of a new union; where this variant does not take it, its first own word stands for it
 */
export function variantSetting<Schema extends z.ZodMiniType<string>>(
  schema: Schema,
  labels: Record<string, string>,
  { initial, ...text }: SettingText & { initial: string },
): Schema {
  const options = Object.entries(labels).map(([value, label]) => ({ value, label }));
  const own = [initial, ...Object.keys(labels)].find((word) => schema.safeParse(word).success)!;
  metas.add(schema, { ...text, values: { kind: 'choice', options }, initial: own });
  return schema;
}

/** A setting of another kind, with its range in words. Its form is its own. */
export function otherSetting<Schema extends z.ZodMiniType>(
  schema: Schema,
  { initial, range, ...text }: SettingText & { initial: Initial; range: string },
): Schema {
  metas.add(schema, { ...text, values: { kind: 'other', range }, initial });
  return schema;
}

/** A schema of settings that all have a default, so that `{}` stands for the defaults. */
export type SettingsSchema<Settings> = z.ZodMiniObject & z.ZodMiniType<Settings>;

/**
 * The fields of a settings schema, in its order.
 * @throws RangeError when a field was not made by one of the functions above
 */
export function describeSettings(schema: z.ZodMiniObject): SettingField[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const described = describeField(name, field as z.ZodMiniType);
    if (!described) throw new RangeError(`The setting "${name}" has no label and no meaning.`);
    return described;
  });
}

/**
 * One setting by its own schema, for a flag.
 * @throws RangeError when the schema was not made by one of the functions above
 */
export function describeSetting(name: string, schema: z.ZodMiniType): SettingField {
  return describeSettings(z.object({ [name]: schema }))[0]!;
}

/**
 * Every setting in a schema and in the objects and unions in it, each named by its path (`pruning.ratio`). Of a union, the
 * fields of every variant, each once.
 * @throws RangeError when one has no label and no meaning
 */
export function describeAllSettings(schema: z.ZodMiniType, path = ''): SettingField[] {
  const own = describeField(path, schema);
  if (own) return [own];
  const inner = unwrap(schema);
  if (isUnion(inner)) {
    const all = inner._zod.def.options.flatMap((option) => describeAllSettings(option as z.ZodMiniType, path));
    return all.filter(({ name }, index) => all.findIndex((one) => one.name === name) === index);
  }
  if (!(inner instanceof z.ZodMiniObject)) throw new RangeError(`The setting "${path}" has no label and no meaning.`);
  return Object.entries(inner.shape).flatMap(([name, field]) =>
    describeAllSettings(field as z.ZodMiniType, path === '' ? name : `${path}.${name}`),
  );
}

/**
 * What the settings of a schema start with. Of a union, the first variant; of an object that may be left out or null, its
 * default. What may be left out and has no default is left out. Checked by the schema itself.
 */
export function initialSettings<Schema extends z.ZodMiniObject>(schema: Schema): z.output<Schema> {
  return schema.parse(initialOf(schema));
}

function initialOf(schema: z.ZodMiniType): unknown {
  if (schema instanceof z.ZodMiniOptional) return undefined;
  const own = describeField('', schema);
  if (own) return own.initial;
  if (isUnion(schema)) return initialOf(schema._zod.def.options[0] as z.ZodMiniType);
  if (!(schema instanceof z.ZodMiniObject)) return schema.parse(undefined);
  const entries = Object.entries(schema.shape).map(([name, field]) => [name, initialOf(field as z.ZodMiniType)]);
  return Object.fromEntries(entries.filter(([, initial]) => initial !== undefined));
}

/** The fields of a form by the part that they stand in, in the order of the first of each. */
export function settingSections(fields: readonly SettingField[]): { title: string; fields: SettingField[] }[] {
  const titles = [...new Set(fields.map(({ section = '' }) => section))];
  return titles.map((title) => ({ title, fields: fields.filter(({ section = '' }) => section === title) }));
}

/** A value of a setting as forms and lists of facts say it: the label of a choice, yes or no of a switch. */
export function settingInWords({ values }: SettingField, value: unknown): string {
  if (values.kind === 'choice') return values.options.find((option) => option.value === value)?.label ?? String(value);
  return values.kind === 'switch' ? (value === true ? 'yes' : 'no') : String(value);
}

function describeField(name: string, schema: z.ZodMiniType): SettingField | null {
  const meta = metas.get(schema) ?? metas.get(unwrap(schema));
  return meta ? { name, ...meta, range: rangeInWords(meta.values) } : null;
}

/** What is meant by a schema that may be left out or be null. */
function unwrap(schema: z.ZodMiniType): z.ZodMiniType {
  const isWrapped =
    schema instanceof z.ZodMiniDefault || schema instanceof z.ZodMiniOptional || schema instanceof z.ZodMiniNullable;
  if (!isWrapped || metas.has(schema)) return schema;
  return unwrap(schema._zod.def.innerType as z.ZodMiniType);
}

function rangeInWords(values: SettingValues): string {
  switch (values.kind) {
    case 'number':
      return describeBound(values.bound);
    case 'number-or':
      return `${values.word === null ? 'null' : `"${values.word}"`} or ${describeBound(values.bound)}`;
    case 'switch':
      return 'on or off';
    case 'choice':
      return values.options.map(({ value }) => value).join(', ');
    case 'other':
      return values.range;
  }
}

/** Also a discriminated one, which is no instance of the class of plain unions. */
function isUnion(schema: z.ZodMiniType): schema is z.ZodMiniUnion {
  return schema._zod.def.type === 'union';
}
