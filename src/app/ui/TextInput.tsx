import { Input, Label, TextField } from 'react-aria-components';
import styles from './Fields.module.css';

export function TextInput({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  return (
    <TextField className={`${styles.row} ${styles.wide}`} value={value} onChange={onChange}>
      <Label className={styles.label}>{label}</Label>
      <Input className={styles.input} />
    </TextField>
  );
}
