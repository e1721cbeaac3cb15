import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Option } from './Choice';
import styles from './Fields.module.css';

interface TogglesProps<V extends string> {
  label: string;
  value: V;
  options: readonly Option<V>[];
  onChange(value: V): void;
  isDisabled?: boolean;
  /** For a place where what is shown says it already. */
  isLabelHidden?: boolean;
}

/** One of a few, all in view. */
export function Toggles<V extends string>({
  label,
  value,
  options,
  onChange,
  isDisabled,
  isLabelHidden,
}: TogglesProps<V>) {
  return (
    <div className={styles.field}>
      <span className={isLabelHidden ? 'visually-hidden' : styles.label} aria-hidden="true">
        {label}
      </span>
      <ToggleButtonGroup
        aria-label={label}
        className={styles.toggles}
        selectedKeys={[value]}
        disallowEmptySelection
        isDisabled={isDisabled}
        onSelectionChange={(keys) => {
          const chosen = options.find((option) => keys.has(option.value));
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <ToggleButton key={option.value} id={option.value} className={styles.toggle}>
            {option.label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
