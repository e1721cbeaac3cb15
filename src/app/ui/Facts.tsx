import styles from './Facts.module.css';

export interface Fact {
  name: string;
  value: string;
  /** In full, on hover. */
  full?: string;
}

/** Names and values that line up. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value, full }) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd title={full}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
