import { describeVerdict } from '../../../recipe/describeVerdict';
import type { RunVerdict } from '../../../recipe/judgeRun';
import styles from './Results.module.css';

/** What the run shows, in words: what pruning changed and what that comes to first. */
export function Verdict({ verdict }: { verdict: RunVerdict }) {
  const [changes, headline, ...rest] = describeVerdict(verdict);
  return (
    <section className={styles.verdict} aria-label="What this run shows">
      <p>
        {changes} {headline}
      </p>
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
