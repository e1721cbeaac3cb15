import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';

/** What to do next, and why, where there is nothing to show yet. */
export function EmptyState({ title, why, children }: { title: string; why: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <h3>{title}</h3>
      <p>{why}</p>
      {children ? <div className={styles.actions}>{children}</div> : null}
    </div>
  );
}
