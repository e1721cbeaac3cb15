import { rangeOf } from '../../foundation/bounds';
import type { SettingField } from '../../foundation/setting';
import { Check } from './Check';
import { Choice } from './Choice';
import { NumberInput } from './NumberInput';

interface SettingFieldsProps {
  fields: readonly SettingField[];
  /** By name; a setting that is left out has its initial value. */
  values: Readonly<Record<string, unknown>>;
  isDisabled?: boolean;
  onChange(values: Record<string, unknown>): void;
}

/** Digits that a real number can be typed with. */
const decimals = 6;

/** A form for settings that describe themselves: numbers, switches and choices. */
export function SettingFields({ fields, values, isDisabled, onChange }: SettingFieldsProps) {
  return fields.map((field) => (
    <OneSetting
      key={field.name}
      field={field}
      value={values[field.name] ?? field.initial}
      isDisabled={isDisabled}
      onChange={(value) => onChange({ ...values, [field.name]: value })}
    />
  ));
}

interface OneSettingProps {
  field: SettingField;
  value: unknown;
  isDisabled?: boolean;
  onChange(value: unknown): void;
}

function OneSetting({ field: { label, unit, meaning, range, values }, value, isDisabled, onChange }: OneSettingProps) {
  switch (values.kind) {
    case 'number': {
      const isWhole = values.bound.isWhole ?? false;
      return (
        <NumberInput
          label={unit ? `${label} (${unit})` : label}
          title={`${meaning} It is ${range}.`}
          value={value as number}
          {...rangeOf(values.bound, isWhole ? 1 : 10 ** -decimals)}
          decimals={isWhole ? 0 : decimals}
          isDisabled={isDisabled}
          onChange={onChange}
        />
      );
    }
    case 'switch':
      return (
        <Check isSelected={value as boolean} isDisabled={isDisabled} onChange={onChange}>
          <span title={meaning}>{label}</span>
        </Check>
      );
    case 'choice':
      return (
        <Choice
          label={label}
          value={value as string}
          options={values.options}
          isDisabled={isDisabled}
          onChange={onChange}
        />
      );
  }
}
