import { type Bound, rangeOf } from '../../foundation/bounds';
import type { SettingField, SettingValues } from '../../foundation/setting';
import { Check } from './Check';
import { Choice } from './Choice';
import { Note } from './Note';
import { NumberInput } from './NumberInput';

interface SettingFieldsProps<Values extends object> {
  fields: readonly SettingField[];
  /** By name; a setting that is left out has its initial value. */
  values: Values;
  isDisabled?: boolean;
  /** Names of settings that have no effect at present. */
  idle?: readonly string[];
  onChange(values: Values): void;
}

/** Digits after the point that a real number can be typed with, where its setting does not say. */
const usualDecimals = 6;

/** A form for settings that describe themselves: numbers, switches, choices, and numbers that a word can stand for. */
export function SettingFields<Values extends object>(props: SettingFieldsProps<Values>) {
  const { fields, values, isDisabled = false, idle = [], onChange } = props;
  return fields.map((field) => (
    <OneSetting
      key={field.name}
      field={field}
      value={(values as Record<string, unknown>)[field.name] ?? field.initial}
      isDisabled={isDisabled || idle.includes(field.name)}
      onChange={(value) => onChange({ ...values, [field.name]: value })}
    />
  ));
}

interface OneSettingProps {
  field: SettingField;
  value: unknown;
  isDisabled: boolean;
  onChange(value: unknown): void;
}

function OneSetting({ field, value, isDisabled, onChange }: OneSettingProps) {
  const { label, meaning, values } = field;
  switch (values.kind) {
    case 'number':
      return (
        <OneNumber
          field={field}
          bound={values.bound}
          value={value as number}
          isDisabled={isDisabled}
          onChange={onChange}
        />
      );
    case 'number-or':
      return <NumberOr field={field} values={values} value={value} isDisabled={isDisabled} onChange={onChange} />;
    case 'switch':
      return (
        <Check isSelected={value as boolean} isDisabled={isDisabled} onChange={onChange}>
          <span title={meaning}>{label}</span>
        </Check>
      );
    case 'choice': {
      const chosen = values.options.find((option) => option.value === value);
      return (
        <>
          <Choice
            label={label}
            title={meaning}
            value={value as string}
            options={values.options}
            isDisabled={isDisabled}
            onChange={onChange}
          />
          {chosen?.meaning ? <Note>{chosen.meaning}</Note> : null}
        </>
      );
    }
    case 'other':
      throw new RangeError(`The setting "${field.name}" has a form of its own.`);
  }
}

type NumberProps = OneSettingProps & { bound: Bound; value: number };

function OneNumber({ field, bound, value, isDisabled, onChange }: NumberProps) {
  const { label, meaning, range, unit, shown, decimals: ownDecimals } = field;
  const { factor, unit: shownUnit } = shown ?? { factor: 1, unit };
  const decimals = ownDecimals ?? (bound.isWhole ? 0 : usualDecimals);
  const { least, most, ...rest } = bound;
  return (
    <NumberInput
      label={shownUnit ? `${label} (${shownUnit})` : label}
      title={shown ? meaning : `${meaning} It is ${range}.`}
      value={value * factor}
      {...rangeOf({ ...rest, least: least * factor, most: most * factor }, 10 ** -decimals)}
      decimals={decimals}
      isDisabled={isDisabled}
      onChange={(typed) => onChange(typed / factor)}
    />
  );
}

type NumberOrProps = OneSettingProps & { values: Extract<SettingValues, { kind: 'number-or' }> };

function NumberOr({ field, values: { bound, word, start, choice }, value, isDisabled, onChange }: NumberOrProps) {
  const isWord = value === word;
  return (
    <>
      <Check
        isSelected={isWord === (choice.on === 'word')}
        isDisabled={isDisabled}
        onChange={(isOn) => onChange(isOn === (choice.on === 'word') ? word : start)}
      >
        <span title={field.meaning}>{choice.label}</span>
      </Check>
      {isWord ? null : (
        <OneNumber field={field} bound={bound} value={value as number} isDisabled={isDisabled} onChange={onChange} />
      )}
    </>
  );
}
