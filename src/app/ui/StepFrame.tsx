import type { ReactNode } from 'react';
import { ErrorBoundary } from './ErrorBoundary';
import styles from './StepFrame.module.css';

interface StepFrameProps {
  title: string;
  /** One sentence: what this step is for. */
  purpose: string;
  /** What the step's buttons are, at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  inspector: ReactNode;
}

/** One step: title and purpose, one main figure, and the inspector beside it. Each fails alone. */
export function StepFrame({ title, purpose, actions, children, inspector }: StepFrameProps) {
  return (
    <>
      <main className={styles.main} aria-label={title} id="step">
        <header>
          <div className={styles.head}>
            <h2>{title}</h2>
            {actions ? (
              <div className={styles.actions}>
                <ErrorBoundary place={`the buttons of the step ${title}`}>{actions}</ErrorBoundary>
              </div>
            ) : null}
          </div>
          <p className={styles.purpose}>{purpose}</p>
        </header>
        <div className={styles.figure}>
          <ErrorBoundary place={`the step ${title}`}>{children}</ErrorBoundary>
        </div>
      </main>
      <aside className={styles.inspector} aria-label="Inspector">
        <ErrorBoundary place={`the inspector of the step ${title}`}>{inspector}</ErrorBoundary>
      </aside>
    </>
  );
}
