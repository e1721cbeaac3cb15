import { Input, Label, NumberField } from 'react-aria-components';
import styles from './Fields.module.css';

interface NumberInputProps {
  label: string;
  value: number;
  onChange(value: number): void;
  min?: number;
  max?: number;
  step?: number;
  /** Digits after the point that can be typed and are shown. */
  decimals?: number;
  isDisabled?: boolean;
  title?: string;
}

/** A labelled number in one row. An empty field keeps the last value. */
export function NumberInput({
  label,
  value,
  onChange,
  min,
  max,
  step,
  decimals = 0,
  isDisabled,
  title,
}: NumberInputProps) {
  return (
    <NumberField
      className={styles.row}
      value={value}
      onChange={(typed) => {
        // Leaving a field hands back the value as it is shown: rounded, though nobody changed it.
        const isAsShown = typed.toFixed(decimals) === value.toFixed(decimals);
        if (Number.isFinite(typed) && !isAsShown) onChange(typed);
      }}
      minValue={min}
      maxValue={max}
      step={step}
      isDisabled={isDisabled}
      formatOptions={{ maximumFractionDigits: decimals, useGrouping: false }}
    >
      <Label className={styles.label} title={title}>
        {label}
      </Label>
      <Input className={`${styles.input} ${styles.number}`} />
    </NumberField>
  );
}
