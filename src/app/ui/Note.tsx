import type { ReactNode } from 'react';
import styles from './Note.module.css';

/** A short remark beside what it is about. */
export function Note({ children }: { children: ReactNode }) {
  return <p className={styles.note}>{children}</p>;
}
