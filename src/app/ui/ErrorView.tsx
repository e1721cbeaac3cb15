import type { ReactNode } from 'react';
import type { LabErrorData } from '../../foundation/labError';
import { Button } from './Button';
import styles from './ErrorView.module.css';

interface ErrorViewProps {
  error: LabErrorData;
  onDismiss?: () => void;
  /** Buttons that lead on from it. */
  children?: ReactNode;
}

/** What happened, to what, what to do next, and the code. */
export function ErrorView({ error, onDismiss, children }: ErrorViewProps) {
  return (
    <div role="alert" className={styles.error}>
      <p className={styles.message}>
        {error.stage ? `While ${error.stage}: ` : ''}
        {error.message}
      </p>
      <p>{error.hint}</p>
      {children ? <div className={styles.ways}>{children}</div> : null}
      <div className={styles.foot}>
        <code>{error.code}</code>
        {error.cause ? (
          <details>
            <summary>Technical details</summary>
            <pre>{error.cause}</pre>
          </details>
        ) : null}
        {onDismiss ? (
          <Button look="quiet" onPress={onDismiss}>
            Dismiss
          </Button>
        ) : null}
      </div>
    </div>
  );
}
