import { Label, TextArea, TextField } from 'react-aria-components';
import styles from './Fields.module.css';

interface TextBoxProps {
  label: string;
  value: string;
  /** Lines in view. */
  rows: number;
  onChange(value: string): void;
}

/** Room to type or paste several lines. */
export function TextBox({ label, value, rows, onChange }: TextBoxProps) {
  return (
    <TextField className={styles.field} value={value} onChange={onChange}>
      <Label className={styles.label}>{label}</Label>
      <TextArea className={`${styles.input} ${styles.area}`} rows={rows} spellCheck={false} wrap="off" />
    </TextField>
  );
}
