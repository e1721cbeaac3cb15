import { type ReactNode, useId } from 'react';
import { ErrorBoundary } from './ErrorBoundary';
import styles from './Panel.module.css';

/** A titled group of an inspector or a step. */
export function Panel({ title, children }: { title: string; children: ReactNode }) {
  const titleId = useId();
  return (
    <section className={styles.panel} aria-labelledby={titleId}>
      <h3 id={titleId}>{title}</h3>
      <ErrorBoundary place={`“${title}”`}>{children}</ErrorBoundary>
    </section>
  );
}
