import type { DatasetFinding } from '../../../dataset/findings/datasetFinding';
import { Note } from '../../ui/Note';
import { Panel } from '../../ui/Panel';
import styles from './FindingList.module.css';

/** What import noticed. */
export function FindingList({ findings }: { findings: readonly DatasetFinding[] }) {
  return (
    <Panel title="Findings">
      {findings.length === 0 ? <Note>Nothing was left out.</Note> : <Findings findings={findings} />}
    </Panel>
  );
}

/** Findings with their first examples. */
export function Findings({ findings }: { findings: readonly DatasetFinding[] }) {
  return (
    <ul className={styles.list}>
      {findings.map(({ kind, message, examples }) => (
        <li key={`${kind}${message}`}>
          {message}
          {examples.length > 0 ? <span className={styles.examples}>{examples.slice(0, 3).join(', ')}</span> : null}
        </li>
      ))}
    </ul>
  );
}
