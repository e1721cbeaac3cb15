import type { PredictionsAudit } from '../../../../fairness/predictions/auditPredictions';
import { answerLines, findingLines, leftOutLines, readingLine } from '../../../../fairness/report/writeAudit';
import { Note } from '../../../ui/Note';
import styles from './Predictions.module.css';

/** How the file was read, what was left out, what the user has said of it, and what is odd about it. */
export function AuditReading({ audit }: { audit: PredictionsAudit }) {
  const findings = findingLines(audit);
  return (
    <section className={styles.reading} aria-label="How the file was read">
      {[readingLine(audit), ...leftOutLines(audit), ...answerLines(audit)].map((line) => (
        <Note key={line}>{line}</Note>
      ))}
      {findings.length > 0 ? (
        <ul className={styles.findings} aria-label="Findings">
          {findings.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
