import type { Verdict } from '../../../../fairness/auditor/cellCheck';
import styles from './Auditor.module.css';

const looks: Record<Verdict, { sign: string; word: string }> = {
  exact: { sign: '✓', word: 'exact' },
  possible: { sign: '≈', word: 'possible' },
  impossible: { sign: '✕', word: 'impossible' },
  open: { sign: '?', word: 'open' },
};

/** A verdict as a sign and a word. */
export function VerdictMark({ verdict }: { verdict: Verdict }) {
  const { sign, word } = looks[verdict];
  return (
    <span className={styles.verdict} data-verdict={verdict}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}
