import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import styles from './Fields.module.css';

export interface Option<V extends string> {
  value: V;
  label: string;
}

interface ChoiceProps<V extends string> {
  label: string;
  value: V;
  options: readonly Option<V>[];
  onChange(value: V): void;
  isDisabled?: boolean;
  title?: string;
}

/** One of several, from a list that opens. */
export function Choice<V extends string>({ label, value, options, onChange, isDisabled, title }: ChoiceProps<V>) {
  return (
    <Select
      className={`${styles.row} ${styles.wide}`}
      value={value}
      isDisabled={isDisabled}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen) onChange(chosen.value);
      }}
    >
      <Label className={styles.label} title={title}>
        {label}
      </Label>
      <Button className={styles.select}>
        <SelectValue />
        <span aria-hidden="true">▾</span>
      </Button>
      <Popover>
        <ListBox className={styles.list} items={options.map((option) => ({ ...option, id: option.value }))}>
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.label} className={styles.item}>
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
