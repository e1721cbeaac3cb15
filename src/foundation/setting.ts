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
}

/** What a setting can be, read from its schema. */
export type SettingValues =
  | { kind: 'number'; bound: Bound }
  | { kind: 'switch' }
  | { kind: 'choice'; options: readonly { value: string; label: string }[] };

/** One field of a settings schema, with everything that a form, a flag and a reference need. */
export interface SettingField extends SettingText {
  name: string;
  values: SettingValues;
  initial: number | boolean | string;
  /** The range or the choices, in words. */
  range: string;
}

interface SettingMeta extends SettingText {
  values: SettingValues;
  initial: number | boolean | string;
}

/** Filled where a setting is defined; a schema that is not in it is no setting. */
const metas = z.registry<SettingMeta>();

/** A number within a bound; left out, it is `initial`. */
export function numberSetting(bound: Bound, initial: number, text: SettingText) {
  return z
    ._default(boundedNumber(bound), initial)
    .register(metas, { ...text, values: { kind: 'number', bound }, initial });
}

/** On or off; left out, it is `initial`. */
export function switchSetting(initial: boolean, text: SettingText) {
  return z._default(z.boolean(), initial).register(metas, { ...text, values: { kind: 'switch' }, initial });
}

/** One of several words, each with its label; left out, it is `initial`. */
export function choiceSetting<const Labels extends Record<string, string>>(
  labels: Labels,
  initial: keyof Labels & string,
  text: SettingText,
) {
  const words = Object.keys(labels) as (keyof Labels & string)[];
  const options = words.map((value) => ({ value, label: labels[value]! }));
  return z
    ._default(z.enum(words), initial as never)
    .register(metas, { ...text, values: { kind: 'choice', options }, initial });
}

/** A schema of settings that all have a default, so that `{}` stands for the defaults. */
export type SettingsSchema<Settings> = z.ZodMiniObject & z.ZodMiniType<Settings>;

/**
 * The fields of a settings schema, in its order.
 * @throws RangeError when a field was not made by one of the functions above
 */
export function describeSettings(schema: z.ZodMiniObject): SettingField[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const meta = metas.get(field as z.ZodMiniType);
    if (!meta) throw new RangeError(`The setting "${name}" has no label and no meaning.`);
    return { name, ...meta, range: rangeInWords(meta.values) };
  });
}

function rangeInWords(values: SettingValues): string {
  switch (values.kind) {
    case 'number':
      return describeBound(values.bound);
    case 'switch':
      return 'on or off';
    case 'choice':
      return values.options.map(({ value }) => value).join(', ');
  }
}
