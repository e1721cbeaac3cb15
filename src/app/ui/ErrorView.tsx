import type { LabErrorData } from '../../foundation/labError';
import { Button } from './Button';
import styles from './ErrorView.module.css';

/** What happened, to what, what to do next, and the code. */
export function ErrorView({ error, onDismiss }: { error: LabErrorData; onDismiss?: () => void }) {
  return (
    <div role="alert" className={styles.error}>
      <p className={styles.message}>
        {error.stage ? `While ${error.stage}: ` : ''}
        {error.message}
      </p>
      <p>{error.hint}</p>
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
