import { Label, TextArea, TextField } from 'react-aria-components';
import styles from './Fields.module.css';

interface TextAreaInputProps {
  label: string;
  value: string;
  rows: number;
  isDisabled?: boolean;
  onChange(value: string): void;
}

/** Several lines of text. */
export function TextAreaInput({ label, rows, ...props }: TextAreaInputProps) {
  return (
    <TextField className={styles.field} {...props}>
      <Label className={styles.label}>{label}</Label>
      <TextArea className={`${styles.input} ${styles.area}`} rows={rows} />
    </TextField>
  );
}
