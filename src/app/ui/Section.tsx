import type { ReactNode } from 'react';
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components';
import styles from './Section.module.css';

interface SectionProps {
  title: string;
  /** What is set inside, in words: seen while the section is closed too. */
  summary: string;
  isOpenAtFirst?: boolean;
  children: ReactNode;
}

/** A part of a form that opens and closes. */
export function Section({ title, summary, isOpenAtFirst = false, children }: SectionProps) {
  return (
    <Disclosure className={styles.section} defaultExpanded={isOpenAtFirst}>
      <Heading level={4} className={styles.heading}>
        <Button slot="trigger" className={styles.head}>
          <span className={styles.mark} aria-hidden="true">
            ›
          </span>
          <span>{title}</span>
          <span className={styles.summary}>{summary}</span>
        </Button>
      </Heading>
      <DisclosurePanel>
        <div className={styles.content}>{children}</div>
      </DisclosurePanel>
    </Disclosure>
  );
}
