import type { RunRecord } from '../../../recipe/runRecord';
import styles from './Results.module.css';
import type { ShownSplit } from './shownEvaluations';
import { verdictSentences } from './verdictSentences';

/** What the run shows, in words. */
export function Verdict({ record, split }: { record: RunRecord; split: ShownSplit }) {
  const [first, ...rest] = verdictSentences(record, split);
  return (
    <section className={styles.verdict} aria-label="What this run shows">
      <p>{first}</p>
      {rest.length > 0 ? (
        <ul>
          {rest.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}
